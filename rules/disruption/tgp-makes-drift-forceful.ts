import type { Context } from '../../src/context/context.ts';
import { podAnnotation, type Workload } from '../../src/context/workloads.ts';
import { find, toPlain } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const tgpMakesDriftForceful: Rule<'NodePool'> = {
  id: 'tgp-makes-drift-forceful',
  code: 'PP426',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off', dev: 'off' },
  needs: ['workloads'],
  summary: 'a terminationGracePeriod over pods that are meant to stay',
  why: 'With terminationGracePeriod a drifted node is drained in spite of karpenter.sh/do-not-disrupt and of budgets that allow nothing: they hold only until the period ends, then the pods are killed.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { terminationGracePeriod: 1h } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: worker }
    spec:
      template:
        metadata: { annotations: { karpenter.sh/do-not-disrupt: "true" } }
        spec: { containers: [] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { terminationGracePeriod: 1h } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: worker }
    spec:
      template:
        spec: { containers: [] }
  `,

  *check(pool, { workloads, context, canLand }) {
    const period = pool.template.terminationGracePeriod;
    if (!period) return;
    const meantToStay = staying(workloads, context).filter((workload) => canLand(workload, pool) === true);
    const [first] = meantToStay;
    if (!first) return;
    yield {
      at: period.at,
      message: `${meantToStay.length === 1 ? 'a workload' : `${meantToStay.length} workloads`} meant to stay can land here (${first.object.kind} "${first.object.name ?? ''}"): when its node drifts it is killed ${period.value} later at the latest`,
      related: [{ at: first.object.node.keyAt, message: 'the workload' }],
    };
  },
};

/** Asked for each pool of a context. */
const known = new WeakMap<Context, readonly Workload[]>();

function staying(workloads: readonly Workload[], context: Context): readonly Workload[] {
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
