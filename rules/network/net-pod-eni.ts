import { podNetwork } from '../../src/context/pod-network.ts';
import { holdsOfAll, someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { requirementsPlace } from '../requirements/pool-places.ts';
import { reservedEnis } from './reserved-enis.ts';

export const netPodEni: Rule<'Context'> = {
  id: 'net-pod-eni',
  code: 'PP1113',
  on: 'Context',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  summary: 'security groups for pods on nodes that cannot have them',
  why: 'Pods with security groups of their own need a type with trunk interfaces, ENABLE_POD_ENI on the network plugin, and an interface that Karpenter does not count for other pods.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#pod-eni-resources-security-groups-for-pods',
  bad: `
    apiVersion: vpcresources.k8s.aws/v1beta1
    kind: SecurityGroupPolicy
    metadata: { name: db }
    spec: { podSelector: {}, securityGroups: { groupIds: [sg-0123456789abcdef0] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [t3] }] } }
  `,
  good: `
    apiVersion: vpcresources.k8s.aws/v1beta1
    kind: SecurityGroupPolicy
    metadata: { name: db }
    spec: { podSelector: {}, securityGroups: { groupIds: [sg-0123456789abcdef0] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m5] }] } }
  `,

  *check(context, { instances, settings, workloads }) {
    const [policy] = context.ofKind('SecurityGroupPolicy');
    if (!policy) return;
    const related = [{ at: policy.node.keyAt, message: 'security groups for pods' }];
    for (const pool of context.nodePools) {
      const set = instances(pool);
      if (holdsOfAll(set, ({ podEni }) => podEni === 0))
        yield {
          at: requirementsPlace(pool),
          message: `none of the pool's ${someTypes(set).length} instance types has trunk interfaces`,
          related,
        };
    }
    for (const { settings: own } of context.all('ChartValues')) {
      if (own && reservedEnis(own) === 0)
        yield { at: own.keyAt, message: 'the trunk interface is counted for pods: reservedENIs should be 1', related };
    }
    if (podNetwork(settings, workloads).podEni === false)
      yield {
        at: policy.node.keyAt,
        message: 'the network plugin in view has ENABLE_POD_ENI off: pods of the policy get no interface',
      };
  },
};
