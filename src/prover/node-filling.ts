import type { Amount } from '../algebra/quantity.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { intersectBits, placesOf } from '../scheduler/bits.ts';
import type { DaemonPod } from '../scheduler/daemon-pod.ts';
import { requestsOf, resourcesOf } from '../scheduler/pod-requests.ts';
import { fitting } from '../scheduler/resource-columns.ts';
import { mergeResources, type Resources } from '../scheduler/resources.ts';
import type { TrialAnswer } from '../scheduler/trial.ts';
import type { Oracle } from './oracle.ts';
import type { AskedPod, AskedPool } from './question.ts';

/** A pool whose nodes take equal pods and nothing else. */
export interface Filling {
  readonly asked: AskedPool;
  readonly types: readonly FilledType[];
  /** What its limits leave, in thousandths. */
  readonly limits: ReadonlyMap<string, number>;
}

interface FilledType {
  readonly type: InstanceType;
  /** How many of the pods it holds beside its DaemonSets. */
  readonly pods: number;
}

export interface Filled {
  readonly pods: number;
  readonly nodes: number;
  /** Limits that leave too little for any further node; empty where all pods have a place. */
  readonly reached: readonly string[];
}

const nanoPerMilli = 1_000_000n;

/**
 * The pool that takes the first of some equal pods, with what decides about the others: a node takes pods as long as one of its types
 * holds them, a new one is any type that the limits still allow, and costs them the largest. Undefined where more decides.
 */
export function fillingOf(asked: AskedPool, replica: AskedPod, oracle: Oracle): Filling | undefined {
  const { pool, isOverlaid, types } = asked;
  if (isOverlaid || pool.spec.template.requirements.some(({ minValues }) => minValues !== undefined)) return undefined;
  if (oracle.tables.of(types).offerings.reserved.length > 0) return undefined;
  const answer = oracle.ask(asked, replica);
  if (!answer.fits) return undefined;
  const filled = filledTypes(asked, replica, answer, oracle);
  const limits = new Map([...resourcesOf(pool.spec.limits)].map(([resource, limit]) => [resource, exact(limit)]));
  const amounts = [...limits].flatMap(([resource, limit]) => [limit, ...filled.map(({ type }) => capacityOf(type, resource))]);
  const isExact = [...filled.map(({ pods }) => pods), ...amounts].every(Number.isFinite);
  return isExact ? { asked, types: filled.filter(({ pods }) => pods > 0), limits } : undefined;
}

/** Of all types that pool and pod allow: a finished claim names no more than 600. */
function filledTypes(
  { types }: AskedPool,
  { pod }: AskedPod,
  { requirements, launch }: Extract<TrialAnswer, { readonly fits: true }>,
  { tables }: Oracle,
): readonly FilledType[] {
  const table = tables.of(types);
  const demanded = tables.space.set(requirements);
  const usable = intersectBits(table.labels.compatible(demanded), table.offerings.offered(demanded));
  const { daemonsOn } = launch();
  const requests = requestsOf(pod.spec);
  const sums = new Map<readonly DaemonPod[], Resources>();
  return placesOf(fitting(table.allocatable, new Float64Array(), usable)).flatMap((place): readonly FilledType[] => {
    const type = table.types[place];
    if (!type) return [];
    const daemons = daemonsOn(type);
    const sum = sums.get(daemons) ?? mergeResources(...daemons.map((daemon) => daemon.requests));
    sums.set(daemons, sum);
    return [{ type, pods: podsOn(type, sum, requests) }];
  });
}

/** Nodes are opened many at a time, as long as no limit rules a type out. */
export function fill({ types, limits }: Filling, count: number): Filled {
  const left = new Map(limits);
  let launched = types;
  let [pods, nodes] = [0, 0];
  while (pods < count) {
    launched = launched.filter(({ type }) => [...left].every(([resource, amount]) => capacityOf(type, resource) <= amount));
    if (launched.length === 0) return { pods, nodes, reached: reachedBy(types, left) };
    const perNode = Math.max(...launched.map((one) => one.pods));
    const charges = [...left.keys()].map(
      (resource) => [resource, Math.max(...launched.map(({ type }) => capacityOf(type, resource)))] as const,
    );
    const allowed = Math.min(
      ...charges.map(([resource, charge]) =>
        charge > 0 ? Math.floor((left.get(resource) ?? 0) / charge) : Number.POSITIVE_INFINITY,
      ),
    );
    const opened = Math.min(allowed, Math.ceil((count - pods) / perNode));
    for (const [resource, charge] of charges) left.set(resource, (left.get(resource) ?? 0) - opened * charge);
    nodes += opened;
    pods = Math.min(count, pods + opened * perNode);
  }
  return { pods, nodes, reached: [] };
}

/** Each by itself too little for the smallest type; all of them, where only several together are. */
function reachedBy(types: readonly FilledType[], left: ReadonlyMap<string, number>): readonly string[] {
  const alone = [...left].filter(([resource, amount]) => types.every(({ type }) => capacityOf(type, resource) > amount));
  return (alone.length > 0 ? alone : [...left]).map(([resource]) => resource);
}

function podsOn({ allocatable }: InstanceType, daemons: Resources, requests: Resources): number {
  const counts = [...requests].map(([resource, amount]) => {
    const room = exact(allocatable.get(resource)?.amount) - exact(daemons.get(resource));
    return exact(amount) > 0 ? Math.floor(room / exact(amount)) : Number.POSITIVE_INFINITY;
  });
  return Math.min(...counts);
}

function capacityOf({ capacity }: InstanceType, resource: string): number {
  return exact(capacity.get(resource)?.amount);
}

/** In thousandths; not a number where a double cannot hold it. */
function exact(amount: Amount = 0): number {
  if (typeof amount === 'number') return amount;
  const thousandths = amount / nanoPerMilli;
  const held = Number(thousandths);
  return thousandths * nanoPerMilli === amount && BigInt(held) === thousandths ? held : Number.NaN;
}
