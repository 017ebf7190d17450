import type { Workload } from '../../src/context/workloads.ts';
import type { Finding, Related } from '../../src/diagnostic/diagnostic.ts';
import { find } from '../../src/document/node.ts';
import type { World } from '../../src/lint/world.ts';
import type { PodProof } from '../../src/prover/proof.ts';
import { tieOf } from './tie.ts';

/** Pods that were asked about, and what makes them: a workload in view, or the configuration. */
export interface Asked {
  readonly proof: PodProof;
  readonly workload: Workload | undefined;
}

/** Worked out once a run: many rules ask. */
export function asked(world: World): readonly Asked[] {
  const found = known.get(world) ?? askedIn(world);
  known.set(world, found);
  return found;
}

const known = new WeakMap<World, readonly Asked[]>();

function askedIn(world: World): readonly Asked[] {
  const declared = world.prover.pods.filter(({ kind }) => kind === 'declared');
  return [
    ...world.workloads
      .filter((workload) => isWaiting(workload, world))
      .flatMap((workload) => world.proofsOf(workload.object).map((proof) => ({ proof, workload }))),
    ...declared.map((proof) => ({ proof, workload: undefined })),
  ];
}

/** Pods that no pool would run, and how far that may be claimed: where it may not, nobody looks for what stands in their way. */
export function refused(world: World): readonly Refused[] {
  const found = knownRefused.get(world) ?? refusedIn(world);
  knownRefused.set(world, found);
  return found;
}

export interface Refused extends Asked {
  readonly reach: Reach;
}

const knownRefused = new WeakMap<World, readonly Refused[]>();

function refusedIn(world: World): readonly Refused[] {
  const all = asked(world).filter(({ proof }) => proof.verdict === 'refuted');
  return all.flatMap((one) => {
    const reach = reachOf(one, world);
    return reach ? [{ ...one, reach }] : [];
  });
}

/** Neither on a node already nor scaled to nothing. */
function isWaiting({ object, spec }: Workload, world: World): boolean {
  return spec.nodeName === undefined && world.replicas(object, 'max').count !== 0;
}

/** How far a claim that no pool would do may be made. */
export type Reach = Pick<Finding, 'severity' | 'assumptions'>;

/**
 * Undefined where pools out of view may be the ones that a workload is meant for. Of a workload that only carries a mark of pools in view
 * it is told more quietly and with what it takes for granted. Pods that the configuration declares are meant for the pools in view.
 */
export function reachOf(one: Asked, world: World): Reach | undefined {
  const reach = reaches.has(one) ? reaches.get(one) : reachIn(one, world);
  reaches.set(one, reach);
  return reach;
}

const reaches = new WeakMap<Asked, Reach | undefined>();

function reachIn({ workload }: Asked, world: World): Reach | undefined {
  if (hasTwins(world)) return undefined;
  if (!workload) return {};
  const tie = tieOf(workload, world);
  if (tie === 'elsewhere') return undefined;
  const isWhole = world.target.closedWorld && !(tie === 'loose' && hasOtherNodes(world));
  if (isWhole || tie === 'named') return {};
  return tie === 'marked' ? { severity: 'warning', assumptions: ['no pool out of view takes these pods'] } : undefined;
}

/** The reach of a claim about several workloads: that of the one that it is surest of. */
export function surestReach(all: readonly Asked[], world: World): Reach | undefined {
  const reaches = all.flatMap((one) => reachOf(one, world) ?? []);
  return reaches.find(({ severity }) => severity === undefined) ?? reaches[0];
}

/** Nodes that Karpenter did not launch, where pods may run that its pools refuse. */
function hasOtherNodes({ context }: World): boolean {
  return context.ofKind('Node').some(({ node }) => find(node, ['metadata', 'labels', 'karpenter.sh/nodepool']) === undefined);
}

/** Pools of one name are of several clusters, and only one of them was asked. */
function hasTwins({ context: { nodePools } }: World): boolean {
  return new Set(nodePools.map(({ name }) => name?.value)).size < nodePools.length;
}

/** Where a pool that the prover names stands. */
export function poolPlace(name: string, { context: { nodePools } }: World): readonly Related[] {
  const pool = nodePools.findLast((one) => one.name?.value === name);
  return pool?.name ? [{ at: pool.name.at, message: 'the pool' }] : [];
}
