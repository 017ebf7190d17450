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

/** `pool "a": …; pool "b": …`, the first few of them. */
export function refusalsInWords({ wouldBe: { why } }: PodProof): string {
  const shown = why.slice(0, most).map(({ pool, refusal }) => `pool "${pool}": ${refusal}`);
  const rest = why.length - shown.length;
  return [...shown, ...(rest > 0 ? [`and ${rest} more ${rest === 1 ? 'pool' : 'pools'}`] : [])].join('; ');
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

/** Edits that were proved to help, once each. */
export function fixesOf(conflicts: readonly Conflict[]): readonly Fix[] {
  const byTitle = new Map(conflicts.flatMap(({ fixes }) => fixes).map((fix) => [fix.title, fix]));
  return [...byTitle.values()].slice(0, most);
}

/** What kind of thing a conflict is about, by the places of its constraints: the rarest kind that takes part names it. */
export function causeOf({ constraints }: Conflict): Refusal['because'] {
  const kinds = constraints.map(kindOf);
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

function kindOf({ at: { object, path } }: Constraint): Refusal['because'] {
  const steps = path.map(String);
  if (/^(?:PersistentVolume(?:Claim)?|StorageClass)$/.test(object?.kind ?? '') || steps.includes('volumes')) return 'volumes';
  if (steps.includes('topologySpreadConstraints') || steps.some((step) => /^pod(?:Anti)?Affinity$/.test(step))) return 'topology';
  if (steps.includes('taints') || steps.includes('tolerations')) return 'taints';
  if (steps.includes('minValues')) return 'minValues';
  if (object?.kind === 'NodePool' && steps.includes('limits')) return 'limits';
  return steps.includes('resources') || steps.includes('containers') || object?.kind === 'DaemonSet'
    ? 'resources'
    : 'requirements';
}
