import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

type Mode = 'karpenter' | 'auto' | 'both';

export const apiAutoModeMixup: Rule<'NodePool', { mode: Mode }> = {
  id: 'api-auto-mode-mixup',
  code: 'PP114',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  fix: 'unsafe',
  parameters: {
    mode: {
      default: 'both',
      says: 'What runs in the cluster: `karpenter` (self-managed), `auto` (EKS Auto Mode) or `both`.',
    },
  },
  summary: "EKS Auto Mode's names in a pool of Karpenter's, or the reverse",
  why: "A pool whose class is not the controller's own is unmanaged: no condition, no event, no node. A requirement on the sister product's label constrains no instance type and only paints nodes.",
  docs: 'https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: eks.amazonaws.com/instance-category, operator: In, values: [c, m, r] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }
  `,
  cel: `
    [object.spec.template.spec.nodeClassRef.group].all(
      group,
      group == 'eks.amazonaws.com'
        ? params.mode != 'karpenter'
        && !variables.requirements.exists(r, r.key.startsWith('karpenter.k8s.aws/instance-'))
        : group != 'karpenter.k8s.aws'
        || (params.mode != 'auto' && !variables.requirements.exists(r, r.key.startsWith('eks.amazonaws.com/instance-')))
    )
  `,

  *check(pool, _world, { mode }) {
    const group = pool.template.nodeClassRef?.group;
    const isAuto = group?.value === auto;
    if (group && isAuto && mode === 'karpenter')
      yield { at: group.at, message: `a class of ${auto} is EKS Auto Mode's: self-managed Karpenter leaves this pool alone` };
    if (group && group.value === karpenter && mode === 'auto')
      yield {
        at: group.at,
        message: `a class of ${karpenter} is self-managed Karpenter's: EKS Auto Mode leaves this pool alone`,
      };
    if (isAuto) yield* foreignKeys(pool, karpenter, auto);
    else if (group?.value === karpenter) yield* foreignKeys(pool, auto, karpenter);
  },
};

const auto = 'eks.amazonaws.com';
const karpenter = 'karpenter.k8s.aws';

function* foreignKeys({ template }: NodePool, foreign: string, own: string): Iterable<Finding> {
  for (const { key } of template.requirements ?? []) {
    if (!key?.value.startsWith(`${foreign}/instance-`)) continue;
    const sister = key.value.replace(foreign, own);
    yield {
      at: key.at,
      message: `"${key.value}" means nothing to a pool whose class is of ${own}: the label there is "${sister}"`,
      fixes: [{ title: `write ${sister}`, safety: 'unsafe', ops: [{ op: 'set', at: key.at, value: sister }] }],
    };
  }
}
