import { type Amount, addAmounts, compareAmounts, subtractAmounts } from '../algebra/quantity.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { resourcesOf } from '../scheduler/pod-requests.ts';
import type { PoolRefusal } from '../scheduler/queue.ts';
import type { Refusal } from '../scheduler/refusal.ts';
import type { Results } from '../scheduler/results.ts';
import { poolRestrictions } from './pool-restrictions.ts';
import type { AtScale, Constraint } from './proof.ts';
import type { AskedPool } from './question.ts';
import { refusalWords } from './refusal-words.ts';

type Cause = NonNullable<AtScale['because']>;

/** What comes first is what to look at first: a limit stands in the way although all else is right. */
const causes: readonly Cause[] = ['limits', 'topology', 'volumes', 'resources', 'other'];

/** What keeps the rest of the replicas from the pools that took the first. */
export function stopsIn(results: Results, takers: readonly AskedPool[]): Pick<AtScale, 'stops' | 'limits' | 'because'> {
  const byName = new Map(takers.map((asked) => [asked.name, asked]));
  const all = [...results.errors.values()].flatMap(({ refusals }) => refusals);
  const refusals = all.filter(({ nodePool }) => nodePool === undefined || byName.has(nodePool));
  if (results.errors.size === 0) return { stops: [], limits: [] };
  const found = new Set(refusals.map(({ refusal }) => causeOf(refusal)));
  const limited = takers.filter(({ name }) => refusals.some((one) => one.nodePool === name && causeOf(one.refusal) === 'limits'));
  return {
    stops: [...new Set(refusals.map(sentence))],
    limits: limited.flatMap((asked) => limitsReached(asked, results)),
    because: causes.find((cause) => found.has(cause)) ?? 'other',
  };
}

function sentence({ nodePool, refusal }: PoolRefusal): string {
  return nodePool === undefined ? `no pool is asked: it ${refusalWords(refusal)}` : `pool ${nodePool} ${refusalWords(refusal)}`;
}

function causeOf({ category }: Refusal): Cause {
  switch (category) {
    case 'limits':
    case 'node-limit':
      return 'limits';
    case 'topology':
    case 'topology-combination':
      return 'topology';
    case 'volume':
      return 'volumes';
    case 'resources':
    case 'resources+offering':
      return 'resources';
    default:
      return 'other';
  }
}

/**
 * The limits that keep a pool from its smallest node for these pods. Claims are charged at least with the largest type that they end
 * up with; where that does not tell, all limits of the pool.
 */
function limitsReached(asked: AskedPool, { newNodeClaims }: Results): readonly Constraint[] {
  const claims = newNodeClaims.filter(({ nodePool }) => nodePool === asked.name).map(({ instanceTypes }) => instanceTypes.list);
  const limits = resourcesOf(asked.pool.spec.limits);
  const reached = [...limits.keys()].filter((resource) => {
    const charged = claims.reduce<Amount>((sum, types) => addAmounts(sum, extreme(types, resource, 1)), 0);
    const left = subtractAmounts(limits.get(resource) ?? 0, charged);
    return claims.length > 0 && compareAmounts(extreme(claims.flat(), resource, -1), left) > 0;
  });
  const told = reached.length > 0 ? reached : [...limits.keys()];
  const restrictions = poolRestrictions(asked).filter(({ kind, about = '' }) => kind === 'limit' && told.includes(about));
  return restrictions.map((one) => ({ at: one.at(), says: one.says() }));
}

/** The greatest amount of a resource among some types, or the least with -1. */
function extreme(types: readonly InstanceType[], resource: string, direction: 1 | -1): Amount {
  const amounts = types.map(({ capacity }) => capacity.get(resource)?.amount ?? 0);
  return amounts.reduce((best, amount) => (compareAmounts(amount, best) * direction > 0 ? amount : best), amounts[0] ?? 0);
}
