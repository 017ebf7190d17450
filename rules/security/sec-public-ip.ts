import type { Rule } from '../../src/lint/rule.ts';

export const secPublicIp: Rule<'EC2NodeClass'> = {
  id: 'sec-public-ip',
  code: 'PP906',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', security: 'error', dev: 'info' },
  summary: 'nodes with public addresses',
  why: 'Every node can be reached from the internet; one security group rule is all that stands before the kubelet and what listens on host ports.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specassociatepublicipaddress',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      associatePublicIPAddress: true
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      associatePublicIPAddress: false
  `,
  cel: '!has(variables.spec.associatePublicIPAddress) || !variables.spec.associatePublicIPAddress',

  *check({ associatePublicIPAddress }) {
    if (associatePublicIPAddress?.value)
      yield { at: associatePublicIPAddress.at, message: 'every node of this class gets a public address' };
  },
};
