import { labels } from '../../src/catalog/instance-label.ts';
import { selectedSubnets } from '../../src/context/selected.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const poolZonesOutsideSubnets: Rule<'NodePool'> = {
  id: 'pool-zones-outside-subnets',
  code: 'PP1310',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['awsFacts'],
  summary: 'zones in which the class has no subnet',
  why: 'There is nothing to launch into in such a zone. The scheduler still counts it as a domain for spread constraints, so pods may wait for nodes that never come.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    # aws-facts: {"Subnets": [{"SubnetId": "subnet-1", "AvailabilityZone": "eu-west-1a"}]}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1b] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { subnetSelectorTerms: [{ id: subnet-1 }] }
  `,
  good: `
    # aws-facts: {"Subnets": [{"SubnetId": "subnet-1", "AvailabilityZone": "eu-west-1a"}]}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { subnetSelectorTerms: [{ id: subnet-1 }] }
  `,

  *check(pool, { context, requirements, awsFacts }) {
    const nodeClass = context.classOf(pool);
    const subnets = (nodeClass && selectedSubnets(nodeClass, awsFacts)) ?? [];
    // A class that selects no subnet at all has another mistake, or the facts are of another VPC.
    if (subnets.length === 0) return;
    const zones = [...new Set(subnets.map(({ zone }) => zone))].sort();
    for (const { operator, values } of requirements(pool).of(labels.zone)) {
      const missing = operator === 'In' ? values.filter(({ value }) => !zones.includes(value)) : [];
      const [first] = missing;
      if (!first) continue;
      const isWhole = missing.length === values.length;
      yield {
        at: first.at,
        message: `class "${nodeClass?.name?.value ?? ''}" has subnets in ${zones.join(', ')}: nothing can be launched in ${missing.map(({ value }) => value).join(', ')}`,
        ...(!isWhole && { severity: 'warning' as const, effect: 'risk' as const }),
        evidence: { kind: 'sets', of: { asked: values.map(({ value }) => value), subnets: zones } },
      };
    }
  },
};
