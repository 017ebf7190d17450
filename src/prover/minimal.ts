import type { Reduction } from './reduction.ts';
import type { Restriction, RestrictionKind } from './restriction.ts';

/** What is given up first while a smallest set is looked for: what is seldom to blame, or seldom what people would change. */
const order: readonly RestrictionKind[] = [
  'startup-taint',
  'status',
  'min-values',
  'port',
  'spread',
  'anti-affinity',
  'affinity',
  'daemon',
  'overhead',
  'volume',
  'limit',
  'devices',
  'taint',
  'label',
  'terms',
  'expression',
  'selector',
  'class',
  'request',
  'requirement',
];
const reversed = [...order].reverse();

/**
 * Some of the restrictions that refuse the pod, of which each is needed if the scheduler is as monotone as it mostly is. `beside`: what
 * is kept all along.
 */
export function minimal(
  reduction: Reduction,
  among: readonly Restriction[],
  beside: readonly Restriction[],
): readonly Restriction[] {
  const forward = shrunk(reduction, among, beside, order);
  // Of a set of two no part refuses the pod, and those of one are found by the search for others.
  if (forward.length < 3) return forward;
  const backward = shrunk(reduction, among, beside, reversed);
  return backward.length < forward.length ? backward : forward;
}

/** First whole kinds are given up, then what is left one by one. */
function shrunk(
  reduction: Reduction,
  among: readonly Restriction[],
  beside: readonly Restriction[],
  kinds: readonly RestrictionKind[],
): readonly Restriction[] {
  let kept = among;
  const giveUp = (some: (one: Restriction) => boolean): void => {
    const rest = kept.filter((one) => !some(one));
    if (rest.length < kept.length && !reduction.fits([...rest, ...beside])) kept = rest;
  };
  const present = new Set(among.map(({ kind }) => kind));
  for (const kind of kinds) if (present.has(kind)) giveUp((one) => one.kind === kind);
  const inOrder = [...kept].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  for (const single of inOrder) giveUp((one) => one === single);
  return kept;
}
