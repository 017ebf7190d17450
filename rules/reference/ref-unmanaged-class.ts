import type { Rule } from '../../src/lint/rule.ts';

export const refUnmanagedClass: Rule<'NodePool', { otherProviders: readonly string[] }> = {
  id: 'ref-unmanaged-class',
  code: 'PP1302',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  parameters: {
    otherProviders: { default: [], says: 'API groups of node classes that other controllers of the cluster serve.' },
  },
  since: '1.1',
  fix: 'unsafe',
  summary: 'a node class of a kind that no controller knows',
  why: 'Karpenter leaves a pool alone whose class is not its own: no condition, no event, no node.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecnodeclassref',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { nodeClassRef: { group: karpenter.aws, kind: EC2NodeClass, name: default } } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default } } }
  `,
  cel: `
    [object.spec.template.spec.nodeClassRef].all(
      c,
      c.group == ''
        || c.group.contains('/')
        || c.kind == ''
        || c.group in [
          'eks.amazonaws.com', 'karpenter.azure.com', 'karpenter.k8s.gcp', 'karpenter.kwok.sh',
          'karpenter.k8s.alibabacloud', 'infrastructure.cluster.x-k8s.io'
        ]
        || c.group in params.otherProviders
        || (c.group == 'karpenter.k8s.aws' && c.kind == 'EC2NodeClass')
    )
  `,

  *check({ template }, _world, { otherProviders }) {
    const { group, kind } = template.nodeClassRef ?? {};
    // Auto Mode's own class is another rule's; an empty text and a group with a version the API refuses.
    if (
      !group?.value ||
      group.value.includes('/') ||
      !kind?.value ||
      group.value === 'eks.amazonaws.com' ||
      providers.has(group.value) ||
      otherProviders.includes(group.value)
    )
      return;
    const wrong = group.value === 'karpenter.k8s.aws' ? kind : group;
    const right = wrong === kind ? 'EC2NodeClass' : 'karpenter.k8s.aws';
    if (wrong.value === right) return;
    yield {
      at: wrong.at,
      message: `${kind.value} in group "${group.value}" is no class of Karpenter's AWS provider: it leaves the pool alone without a word; did you mean "${right}"?`,
      fixes: [{ title: `write "${right}"`, safety: 'unsafe', ops: [{ op: 'set', at: wrong.at, value: right }] }],
    };
  },
};

/** Groups of the other providers' node classes. */
const providers = new Set([
  'karpenter.azure.com',
  'karpenter.k8s.gcp',
  'karpenter.kwok.sh',
  'karpenter.k8s.alibabacloud',
  'infrastructure.cluster.x-k8s.io',
]);
