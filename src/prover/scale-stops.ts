import { type Amount, addAmounts, compareAmounts, subtractAmounts } from '../algebra/quantity.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { resourcesOf } from '../scheduler/pod-requests.ts';
import type { Ignored } from '../scheduler/pod-validation.ts';
import type { Refusal } from '../scheduler/refusal.ts';
import type { Results } from '../scheduler/results.ts';
import { constraintOf } from './constraint-of.ts';
import { poolRestrictions } from './pool-restrictions.ts';
import type { AtScale, Constraint } from './proof.ts';
import type { AskedPool } from './question.ts';
import { refusalWords } from './refusal-words.ts';

type Cause = NonNullable<AtScale['because']>;

/** What comes first is what to look at first: a limit stands in the way although all else is right. */
const causes: readonly Cause[] = ['limits', 'topology', 'volumes', 'resources', 'other'];

const tooLittleLeft = 'has too little left of its limits for a node that is large enough';

/** What ties a replica to others, or to a place. */
export interface Ties {
  /** Replicas count each other. */
  readonly isTopological: boolean;
  /** A volume may hold it to a zone. */
  readonly isAttached: boolean;
}

interface Stop {
  readonly cause: Cause;
  readonly says: string;
}

/** What keeps the rest of the replicas from the pools that took the first. */
export function stopsIn(
  results: Results,
  takers: readonly AskedPool[],
  ties: Ties,
): Pick<AtScale, 'stops' | 'limits' | 'because'> {
  const refusals = [...results.errors.values()].flatMap((error) => error.refusals);
  const ignored = [...results.ignored].map(ignoredStop);
  if (refusals.length + ignored.length === 0) return { stops: [], limits: [] };
  const stopped = takers.map((asked) => {
    const reached = limitsReached(asked, results);
    const own = refusals.filter(({ nodePool }) => nodePool === asked.name);
    return { asked, reached, stops: own.map(({ refusal }) => stopOf(refusal, asked, reached.length > 0, ties)) };
  });
  const stops = [...stopped.flatMap((one) => one.stops), ...ignored];
  const limited = stopped.filter((one) => one.stops.some(({ cause }) => cause === 'limits'));
  return {
    stops: [...new Set(stops.map(({ says }) => says))],
    limits: limited.flatMap(({ asked, reached }) => constraints(asked, reached)),
    because: causes.find((cause) => stops.some((stop) => stop.cause === cause)) ?? 'other',
  };
}

/** Karpenter does not look at a replica, whatever the pool. */
function ignoredStop([pod, ignored]: readonly [string, Ignored]): Stop {
  const says = `${pod} ${refusalWords({ category: 'ignored', ignored })}`;
  return { cause: ignored.why === 'volume' ? 'volumes' : 'other', says };
}

/** A pool that took replicas until its limits left too little, and which of them do. */
export interface FullPool {
  readonly asked: AskedPool;
  readonly reached: readonly string[];
}

export function stopsAtLimits(full: readonly FullPool[]): Pick<AtScale, 'stops' | 'limits' | 'because'> {
  return {
    stops: full.map(({ asked }) => `pool ${asked.name} ${tooLittleLeft}`),
    limits: full.flatMap(({ asked, reached }) => constraints(asked, reached)),
    because: 'limits',
  };
}

/**
 * The first replica had its place on the pool. That no instance type is left for another is then because of what the nodes so far
 * have left of its limits, of the domains that other replicas leave, or of where its own volumes are.
 */
function stopOf(refusal: Refusal, { name, pool }: AskedPool, isReached: boolean, ties: Ties): Stop {
  const as = (cause: Cause, words = refusalWords(refusal)): Stop => ({ cause, says: `pool ${name} ${words}` });
  switch (refusal.category) {
    case 'limits':
    case 'node-limit':
      return as('limits', tooLittleLeft);
    case 'topology':
    case 'topology-combination':
      return as('topology');
    case 'volume':
      return as('volumes');
    case 'requirements+resources+offering':
    case 'requirements+resources':
    case 'resources+offering':
    case 'requirements':
    case 'resources':
    case 'fits-but-requirements':
    case 'min-values': {
      if (isReached) return as('limits', tooLittleLeft);
      if (ties.isTopological) return as('topology', "has nothing to launch in the domains that the pod's rules leave");
      if (ties.isAttached) return as('volumes', "has nothing to launch where the pod's volumes are");
      return Object.keys(pool.spec.limits ?? {}).length > 0 ? as('limits', tooLittleLeft) : as('resources');
    }
    default:
      return as('other');
  }
}

/**
 * The limits that leave too little for the smallest of the nodes launched so far. Claims are charged at least with the largest type that
 * they end up with.
 */
function limitsReached({ name, pool }: AskedPool, { newNodeClaims }: Results): readonly string[] {
  const claims = newNodeClaims.filter(({ nodePool }) => nodePool === name).map(({ instanceTypes }) => instanceTypes.list);
  const limits = [...resourcesOf(pool.spec.limits)];
  if (claims.length === 0) return [];
  const reached = limits.filter(([resource, limit]) => {
    const charged = claims.reduce<Amount>((sum, types) => addAmounts(sum, extreme(types, resource, 1)), 0);
    return compareAmounts(extreme(claims.flat(), resource, -1), subtractAmounts(limit, charged)) > 0;
  });
  return reached.map(([resource]) => resource);
}

/** Those that were reached; where that cannot be told, all limits of the pool. */
function constraints(asked: AskedPool, reached: readonly string[]): readonly Constraint[] {
  const limits = poolRestrictions(asked).filter(({ kind }) => kind === 'limit');
  const told = limits.filter(({ about = '' }) => reached.includes(about));
  return (told.length > 0 ? told : limits).map(constraintOf);
}

/** The greatest amount of a resource among some types, or the least with -1. */
function extreme(types: readonly InstanceType[], resource: string, direction: 1 | -1): Amount {
  const amounts = types.map(({ capacity }) => capacity.get(resource)?.amount ?? 0);
  return amounts.reduce((best, amount) => (compareAmounts(amount, best) * direction > 0 ? amount : best), amounts[0] ?? 0);
}
