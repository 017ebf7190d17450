import type { Context } from '../../src/context/context.ts';
import { podAnnotation, type Workload } from '../../src/context/workloads.ts';
import { find, toPlain } from '../../src/document/node.ts';

/** Asked for each pool; hangs on nothing but the workloads and the budgets. */
const known = new WeakMap<readonly Workload[], { readonly budgets: Budgets; readonly found: readonly Workload[] }>();

type Budgets = ReturnType<Context['ofKind']>;

/** Workloads with pods that no voluntary disruption may evict: annotated so, or under a budget that never lets one go. */
export function meantToStay(workloads: readonly Workload[], context: Context): readonly Workload[] {
  const budgets = context.ofKind('PodDisruptionBudget');
  const last = known.get(workloads);
  if (last?.budgets === budgets) return last.found;
  const found = workloads.filter((workload) => workload.object.kind !== 'DaemonSet' && staysPut(workload, budgets));
  known.set(workloads, { budgets, found });
  return found;
}

function staysPut(workload: Workload, budgets: Budgets): boolean {
  return podAnnotation(workload, 'karpenter.sh/do-not-disrupt') === 'true' || isBlocked(workload, budgets);
}

/** A budget that never lets one of its pods go. */
function isBlocked({ labels, object }: Workload, budgets: Budgets): boolean {
  return budgets.some(({ node, namespace }) => {
    const wanted = find(node, ['spec', 'selector', 'matchLabels']);
    const most = find(node, ['spec', 'maxUnavailable']);
    const least = find(node, ['spec', 'minAvailable']);
    const allowsNone = (most && ['0', '0%'].includes(String(toPlain(most)))) || (least && toPlain(least) === '100%');
    if (!allowsNone || !wanted || (namespace ?? 'default') !== (object.namespace ?? 'default')) return false;
    const pairs = Object.entries(toPlain(wanted) ?? {});
    return pairs.length > 0 && pairs.every(([key, value]) => labels.get(key) === value);
  });
}
