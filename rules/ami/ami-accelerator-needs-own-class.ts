import { acceleratorsOf } from '../../src/catalog/accelerators.ts';
import { someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const amiAcceleratorNeedsOwnClass: Rule<'NodePool'> = {
  id: 'ami-accelerator-needs-own-class',
  code: 'PP716',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  summary: 'one picked image for nodes with and without accelerators',
  why: 'Only an alias has an image for each kind of type. Of images picked by id, name or tag Karpenter knows the architecture alone, so GPU nodes start without drivers, or all nodes with them.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, g5] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiFamily: AL2023
      amiSelectorTerms: [{ id: ami-0b2f6494ff0b07a0e }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, g5] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
  `,

  *check(pool, { context, instances }) {
    const terms = context.classOf(pool)?.amiSelectorTerms;
    const [first] = terms?.items ?? [];
    if (
      !terms ||
      !first ||
      terms.items.some(({ alias, id, name, tags, ssmParameter }) => alias || !(id || name || tags || ssmParameter))
    )
      return;
    const types = someTypes(instances(pool));
    const accelerated = types.filter((info) => acceleratorsOf(info).length > 0);
    const [example] = accelerated;
    if (!example || accelerated.length === types.length) return;
    yield {
      at: (pool.template.requirements ?? pool.template.spec)?.keyAt ?? pool.keyAt,
      message: `${accelerated.length} of the pool's ${types.length} instance types carry accelerators (${example.name} is one), and its class picks images by hand: they start with the same image as the others`,
      related: [{ at: first.at, message: 'the image terms, none of them an alias' }],
    };
  },
};
