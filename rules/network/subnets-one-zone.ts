import type { Rule } from '../../src/lint/rule.ts';

export const subnetsOneZone: Rule<'EC2NodeClass'> = {
  id: 'subnets-one-zone',
  code: 'PP1109',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off', production: 'warning' },
  summary: 'one subnet for all nodes',
  why: 'A subnet is one zone: when it is short of capacity or fails, nothing is launched elsewhere, and spread constraints and volumes of other zones cannot be served.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ id: subnet-0123456789abcdef0 }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ id: subnet-0123456789abcdef0 }, { id: subnet-0123456789abcdef1 }]
  `,
  cel: `
    size(variables.subnetSelectorTerms) != 1
    || !has(variables.subnetSelectorTerms[0].id)
    || (
      has(variables.spec.networkInterfaces) && variables.spec.networkInterfaces.exists(n, n.interfaceType.startsWith('efa'))
    )
  `,

  *check({ subnetSelectorTerms, networkInterfaces }) {
    const [only, ...more] = subnetSelectorTerms?.items ?? [];
    const isEfa = networkInterfaces?.items.some(({ interfaceType }) => interfaceType?.value.startsWith('efa'));
    if (!only?.id || more.length > 0 || isEfa) return;
    yield { at: only.id.at, message: 'all nodes of this class live in the one zone of this subnet' };
  },
};
