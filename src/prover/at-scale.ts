import type { Results } from '../scheduler/results.ts';
import { Scheduler } from '../scheduler/scheduler.ts';
import { withClaims } from '../scheduler/simulation.ts';
import type { Place } from '../text/place.ts';
import type { Oracle } from './oracle.ts';
import type { AtScale } from './proof.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { replicaPods } from './replica-pods.ts';
import { stopsIn } from './scale-stops.ts';

/** More pods of one workload than this are not tried one by one. */
const mostTried = 1000;
/** Enough to fill a first node in most cases, where all nodes will look alike. */
const firstTried = 64;

/** Which pools are asked, and which of them take the first replica. */
interface Asking {
  readonly pools: readonly AskedPool[];
  readonly takers: readonly AskedPool[];
  /** Whether replicas count each other. */
  readonly isTopological: boolean;
}

type Outcome = Omit<AtScale, 'from' | 'replicas'>;

/** All replicas of a workload at once, in a cluster that has nothing else. */
export class ScaleRuns {
  readonly #oracle: Oracle;
  readonly #schedulers = new Map<string, Scheduler>();
  readonly #known = new Map<string, Outcome>();

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  /** `takers`: the pools that take the first replica, in the order in which they are asked. */
  run(asked: AskedPod, { count, from }: { readonly count: number; readonly from: Place }, takers: readonly AskedPool[]): AtScale {
    const { question } = this.#oracle;
    const isTopological = this.#oracle.podOf(asked.pod).isTopological;
    // Domains are counted over all pools, also over those that the pod cannot go to.
    const pools = isTopological ? question.pools.filter(({ isStatic }) => !isStatic) : takers;
    const likeness = isTopological ? undefined : likenessOf(asked, count, pools);
    const known = likeness === undefined ? undefined : this.#known.get(likeness);
    const outcome = known ?? this.#outcome(asked, count, { pools, takers, isTopological });
    if (likeness !== undefined) this.#known.set(likeness, outcome);
    return { replicas: count, from, ...outcome };
  }

  #outcome(asked: AskedPod, count: number, asking: Asking): Outcome {
    const { pools, isTopological } = asking;
    const areAlike = !isTopological && this.#makesEqualNodes(asked, pools);
    for (let tried = areAlike ? firstTried : mostTried; ; tried *= 4) {
      const pods = Math.min(count, tried, mostTried);
      const results = this.#solve(asked, pods, pools);
      if (pods === count) return outcomeOf(results, pods, asking);
      const perNode = areAlike ? podsPerNode(results) : undefined;
      if (perNode !== undefined) return { scheduled: count, nodes: Math.ceil(count / perNode), stops: [], limits: [] };
      if (pods === mostTried) {
        const found = outcomeOf(results, pods, asking);
        return { ...found, stops: [`only the first ${mostTried} of ${count} replicas were tried`, ...found.stops] };
      }
    }
  }

  /** Whether nothing but the room on a node tells where the next replica goes: then each node takes as many as the first. */
  #makesEqualNodes({ pod }: AskedPod, pools: readonly AskedPool[]): boolean {
    const { tables } = this.#oracle;
    return (
      (pod.spec.volumes ?? []).length === 0 &&
      pools.every(({ pool }) => Object.keys(pool.spec.limits ?? {}).length === 0) &&
      pools.every(({ types }) => tables.of(types).offerings.reserved.length === 0)
    );
  }

  #solve(asked: AskedPod, count: number, pools: readonly AskedPool[]): Results {
    const { pods, claims } = replicaPods(asked, count);
    const { cluster, facts } = this.#oracle.question;
    return this.#scheduler(pools).solve(withClaims({ ...cluster, pods }, claims), facts.now);
  }

  #scheduler(pools: readonly AskedPool[]): Scheduler {
    const key = JSON.stringify(pools.map(({ name }) => name));
    const known = this.#schedulers.get(key) ?? new Scheduler(pools, this.#oracle.settings, this.#oracle.tables);
    this.#schedulers.set(key, known);
    return known;
  }
}

/** Equal for workloads whose replicas no scheduling decision can tell apart; undefined where a volume may. */
function likenessOf({ pod, claims }: AskedPod, count: number, pools: readonly AskedPool[]): string | undefined {
  const { containers = [], initContainers = [], volumes = [], ...spec } = pod.spec;
  if (claims.length > 0 || volumes.length > 0) return undefined;
  const nameless = [containers, initContainers].map((list) => list.map(({ name: _, ...container }) => container));
  return JSON.stringify([count, pools.map(({ name }) => name), spec, nameless]);
}

/** As many as fill a node; undefined while there is only one, or where some have no place. */
function podsPerNode({ newNodeClaims, errors }: Results): number | undefined {
  if (newNodeClaims.length < 2 || errors.size > 0) return undefined;
  return Math.max(...newNodeClaims.map(({ pods }) => pods.length));
}

function outcomeOf(results: Results, pods: number, { takers, isTopological }: Asking): Outcome {
  const { newNodeClaims, errors, ignored } = results;
  const scheduled = pods - errors.size - ignored.size;
  return { scheduled, nodes: newNodeClaims.length, ...stopsIn(results, takers, isTopological) };
}
