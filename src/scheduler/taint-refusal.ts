import { type Taint, type Toleration, untolerated } from '../algebra/taints.ts';
import { onceFor } from '../context/once.ts';
import type { Refusal } from './refusal.ts';

type TaintRefusal = Extract<Refusal, { readonly category: 'taint' }>;

/** One refusal for all pods of a kind: a hundred thousand replicas may stand before a thousand taints. */
const known = new WeakMap<readonly Taint[], WeakMap<readonly Toleration[], TaintRefusal>>();

/** What keeps the pods with these tolerations away from the taints; undefined if nothing does. */
export function taintRefusal(taints: readonly Taint[], tolerations: readonly Toleration[]): TaintRefusal | undefined {
  if (taints.length === 0) return undefined;
  const refusals = onceFor(known, taints, () => new WeakMap<readonly Toleration[], TaintRefusal>());
  const refusal = onceFor(
    refusals,
    tolerations,
    (): TaintRefusal => ({ category: 'taint', taints: untolerated(taints, tolerations) }),
  );
  return refusal.taints.length > 0 ? refusal : undefined;
}
