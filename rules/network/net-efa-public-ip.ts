import type { Rule } from '../../src/lint/rule.ts';

export const netEfaPublicIp: Rule<'EC2NodeClass'> = {
  id: 'net-efa-public-ip',
  code: 'PP1110',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  since: '1.11',
  fix: 'drifts',
  summary: 'a public address on a node with several interfaces',
  why: 'EC2 gives a public address only to a node with a single network interface: every launch of this class is refused.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specnetworkinterfaces',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      associatePublicIPAddress: true
      networkInterfaces: [{ networkCardIndex: 0, deviceIndex: 0, interfaceType: interface }, { networkCardIndex: 1, deviceIndex: 1, interfaceType: efa-only }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      networkInterfaces: [{ networkCardIndex: 0, deviceIndex: 0, interfaceType: interface }, { networkCardIndex: 1, deviceIndex: 1, interfaceType: efa-only }]
  `,
  cel: `
    !has(variables.spec.associatePublicIPAddress)
    || !variables.spec.associatePublicIPAddress
    || !has(variables.spec.networkInterfaces)
    || size(variables.spec.networkInterfaces) < 2
  `,

  *check({ associatePublicIPAddress, networkInterfaces }) {
    const interfaces = networkInterfaces?.items ?? [];
    if (!associatePublicIPAddress?.value || interfaces.length < 2) return;
    yield {
      at: associatePublicIPAddress.at,
      message: `EC2 refuses a public address on a node with ${interfaces.length} network interfaces`,
      fixes: [{ title: 'remove the address', safety: 'drifts', ops: [{ op: 'remove', at: associatePublicIPAddress.at }] }],
    };
  },
};
