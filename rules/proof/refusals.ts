import type { Evidence, Fix, Refusal, Related } from '../../src/diagnostic/diagnostic.ts';
import type { Conflict, Constraint, PodProof } from '../../src/prover/proof.ts';

/** Why each pool refuses a pod, for programs: one refusal a pool, of its smallest conflict. */
export function refusalEvidence({ pod, conflicts, wouldBe }: PodProof): Evidence {
  const refusals = wouldBe.why.map(({ pool, refusal }): Refusal => {
    const smallest = conflicts.find((conflict) => conflict.pool === pool);
    return { pool, because: smallest ? causeOf(smallest) : 'requirements', detail: refusal };
  });
  return { kind: 'refusals', pod, refusals };
}

/** Each pool's smallest conflict, or its answer where none is known to be minimal: the pools that come closest first, a few of them. */
export function refusalsInWords({ conflicts, wouldBe: { why } }: PodProof): string {
  const answers = why
    .map(({ pool, refusal }) => ({ pool, refusal, smallest: conflicts.find((conflict) => conflict.pool === pool) }))
    .sort((a, b) => distanceOf(a.smallest) - distanceOf(b.smallest));
  const shown = answers.slice(0, most).map(({ pool, refusal, smallest }) => refusalText(pool, refusal, smallest));
  const rest = answers.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more ${rest === 1 ? 'pool' : 'pools'}`] : [])].join('; ');
}

/** A pool whose taints or labels are not for the pod is further away than one that has no room for it. */
function distanceOf(smallest: Conflict | undefined): number {
  const distances: { readonly [Cause in Refusal['because']]?: number } = { requirements: 1, taints: 2 };
  return smallest ? (distances[causeOf(smallest)] ?? 0) : 1;
}

function refusalText(pool: string, refusal: string, smallest: Conflict | undefined): string {
  if (!smallest?.irreducible) return `pool "${pool}" ${refusal}`;
  return `pool "${pool}": ${smallest.constraints.map(({ says }) => says).join(', and ')}`;
}

const most = 3;

/** What stands against it, each where it stands, once. */
export function constraintsOf(conflicts: readonly Conflict[]): readonly Related[] {
  const seen = new Set<string>();
  const all = conflicts.flatMap(({ constraints }) => constraints);
  return all
    .filter(({ at, says }) => {
      const key = JSON.stringify([at.file, at.span?.start, at.path, says]);
      return !seen.has(key) && seen.add(key);
    })
    .map(({ at, says }) => ({ at, message: says }));
}

/** Edits that were proved to help, of the pools that come closest and have some. */
export function fixesOf({ conflicts }: PodProof): readonly Fix[] {
  const helpful = conflicts.filter(({ fixes }) => fixes.length > 0);
  const nearest = Math.min(...helpful.map(distanceOf));
  const near = helpful.filter((conflict) => distanceOf(conflict) === nearest);
  const byTitle = new Map(near.flatMap(({ fixes }) => fixes).map((fix) => [fix.title, fix]));
  return [...byTitle.values()].slice(0, most);
}

/** What a conflict is about: the rarest kind of thing that takes part in it. */
export function causeOf({ constraints }: Conflict): Refusal['because'] {
  const kinds = constraints.map(({ kind = 'requirement' }) => causes[kind]);
  return order.find((kind) => kinds.includes(kind)) ?? 'requirements';
}

const order: readonly Refusal['because'][] = [
  'minValues',
  'limits',
  'volumes',
  'topology',
  'taints',
  'resources',
  'requirements',
];

const causes: Readonly<Record<NonNullable<Constraint['kind']>, Refusal['because']>> = {
  requirement: 'requirements',
  'min-values': 'minValues',
  label: 'requirements',
  taint: 'taints',
  'startup-taint': 'taints',
  limit: 'limits',
  status: 'requirements',
  class: 'requirements',
  selector: 'requirements',
  expression: 'requirements',
  terms: 'requirements',
  request: 'resources',
  overhead: 'resources',
  spread: 'topology',
  affinity: 'topology',
  'anti-affinity': 'topology',
  port: 'resources',
  volume: 'volumes',
  devices: 'resources',
  daemon: 'resources',
};
