import { intersectBits, placesOf } from '../scheduler/bits.ts';
import type { DaemonPod } from '../scheduler/daemon-pod.ts';
import { requestsOf, resourcesOf } from '../scheduler/pod-requests.ts';
import { fitting, type ResourceColumns } from '../scheduler/resource-columns.ts';
import { mergeResources, type Vector } from '../scheduler/resources.ts';
import type { TrialAnswer } from '../scheduler/trial.ts';
import type { Oracle } from './oracle.ts';
import type { AskedPod, AskedPool } from './question.ts';

/** A pool whose nodes take equal pods and nothing else. Amounts are along the scheduler's axis of resources. */
export interface Filling {
  readonly types: readonly FilledType[];
  /** What the limits of the pool leave. */
  readonly limits: readonly { readonly resource: string; readonly amount: number }[];
}

interface FilledType {
  /** How many of the pods it holds beside its DaemonSets. */
  readonly pods: number;
  /** Its capacity, for each of the limits in turn. */
  readonly costs: readonly number[];
}

export interface Filled {
  readonly pods: number;
  readonly nodes: number;
  /** Limits that leave too little for any further node; empty where all pods have a place. */
  readonly reached: readonly string[];
}

/**
 * The pool that takes the first of some equal pods, with what decides about the others: a node takes pods as long as one of its types
 * holds them, a new one is any type that the limits still allow, and costs them the largest. Undefined where more decides.
 */
export function fillingOf(asked: AskedPool, replica: AskedPod, oracle: Oracle): Filling | undefined {
  const { pool, types } = asked;
  const { tables } = oracle;
  if (pool.spec.template.requirements.some(({ minValues }) => minValues !== undefined)) return undefined;
  if (tables.of(types).offerings.reserved.length > 0) return undefined;
  const answer = oracle.ask(asked, replica);
  if (!answer.fits) return undefined;
  const limits = [...resourcesOf(pool.spec.limits)].map(([resource, limit]) => {
    return { resource, amount: tables.axis.scaled(tables.axis.indexOf(resource), limit) };
  });
  const resources = limits.map(({ resource }) => resource);
  return { types: filledTypes(asked, replica, answer, oracle, resources), limits };
}

/** Of all types that pool and pod allow: a finished claim names no more than 600. */
function filledTypes(
  { types }: AskedPool,
  { pod }: AskedPod,
  { requirements, launch }: Extract<TrialAnswer, { readonly fits: true }>,
  { tables }: Oracle,
  limited: readonly string[],
): readonly FilledType[] {
  const { space, axis } = tables;
  const table = tables.of(types);
  const demanded = space.set(requirements);
  const usable = intersectBits(table.labels.compatible(demanded), table.offerings.offered(demanded));
  const { daemonsOn } = launch();
  const requests = axis.vector(requestsOf(pod.spec));
  const asked = [...requests].flatMap((request, resource) => (request > 0 ? [{ resource, request }] : []));
  const sums = new Map<readonly DaemonPod[], Vector>();
  return placesOf(fitting(table.allocatable, requests, usable)).flatMap((place): readonly FilledType[] => {
    const type = table.types[place];
    if (!type) return [];
    const daemons = daemonsOn(type);
    const taken = sums.get(daemons) ?? axis.vector(mergeResources(...daemons.map((daemon) => daemon.requests)));
    sums.set(daemons, taken);
    const pods = podsBeside(taken, asked, table.allocatable, place);
    const costs = limited.map((name) => table.capacity.amount(axis.indexOf(name), place));
    return pods > 0 ? [{ pods, costs }] : [];
  });
}

function podsBeside(
  taken: Vector,
  asked: readonly { readonly resource: number; readonly request: number }[],
  room: ResourceColumns,
  place: number,
): number {
  let pods = Number.POSITIVE_INFINITY;
  for (const { resource, request } of asked) {
    pods = Math.min(pods, Math.floor((room.amount(resource, place) - (taken[resource] ?? 0)) / request));
  }
  return pods;
}

/** Nodes are opened many at a time, as long as no limit rules a type out. */
export function fill({ types, limits }: Filling, count: number): Filled {
  const left = limits.map(({ amount }) => amount);
  let launched = types;
  let [pods, nodes] = [0, 0];
  while (pods < count) {
    launched = launched.filter(({ costs }) => costs.every((cost, index) => cost <= (left[index] ?? 0)));
    if (launched.length === 0) return { pods, nodes, reached: reachedBy(types, limits, left) };
    const perNode = Math.max(...launched.map((one) => one.pods));
    const charges = limits.map((_, index) => Math.max(...launched.map(({ costs }) => costs[index] ?? 0)));
    const allowed = charges.map((charge, index) =>
      charge > 0 ? Math.floor((left[index] ?? 0) / charge) : Number.POSITIVE_INFINITY,
    );
    const opened = Math.min(...allowed, Math.ceil((count - pods) / perNode));
    for (const [index, charge] of charges.entries()) left[index] = (left[index] ?? 0) - opened * charge;
    nodes += opened;
    pods = Math.min(count, pods + opened * perNode);
  }
  return { pods, nodes, reached: [] };
}

/** Each by itself too little for the smallest type; all of them, where only several together are. */
function reachedBy(types: readonly FilledType[], limits: Filling['limits'], left: readonly number[]): readonly string[] {
  const alone = limits.filter((_, index) => types.every(({ costs }) => (costs[index] ?? 0) > (left[index] ?? 0)));
  return (alone.length > 0 ? alone : limits).map(({ resource }) => resource);
}
