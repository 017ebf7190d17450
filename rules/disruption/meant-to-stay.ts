import type { Context } from '../../src/context/context.ts';
import { podAnnotation, type Workload } from '../../src/context/workloads.ts';
import { find, toPlain } from '../../src/document/node.ts';

/** Asked for each pool of a context. */
const known = new WeakMap<Context, readonly Workload[]>();

/** Workloads with pods that no voluntary disruption may evict: annotated so, or under a budget that never lets one go. */
export function meantToStay(workloads: readonly Workload[], context: Context): readonly Workload[] {
  const found =
    known.get(context) ?? workloads.filter((workload) => workload.object.kind !== 'DaemonSet' && staysPut(workload, context));
  known.set(context, found);
  return found;
}

function staysPut(workload: Workload, context: Context): boolean {
  return podAnnotation(workload, 'karpenter.sh/do-not-disrupt') === 'true' || isBlocked(workload, context);
}

/** A budget that never lets one of its pods go. */
function isBlocked({ labels, object }: Workload, context: Context): boolean {
  return context.ofKind('PodDisruptionBudget').some(({ node, namespace }) => {
    const wanted = find(node, ['spec', 'selector', 'matchLabels']);
    const most = find(node, ['spec', 'maxUnavailable']);
    const least = find(node, ['spec', 'minAvailable']);
    const allowsNone = (most && ['0', '0%'].includes(String(toPlain(most)))) || (least && toPlain(least) === '100%');
    if (!allowsNone || !wanted || (namespace ?? 'default') !== (object.namespace ?? 'default')) return false;
    const pairs = Object.entries(toPlain(wanted) ?? {});
    return pairs.length > 0 && pairs.every(([key, value]) => labels.get(key) === value);
  });
}
