import { select } from '../../src/catalog/select.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { requirementsPlace } from '../requirements/pool-places.ts';

export const netConnectionTrackingDropsTypes: Rule<'NodePool'> = {
  id: 'net-connection-tracking-drops-types',
  code: 'PP1114',
  on: 'NodePool',
  effect: 'inert',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  since: '1.13',
  summary: 'types that a class with connection tracking shuts out',
  why: 'EC2 takes connection tracking settings for virtual machines on Nitro only. Karpenter leaves bare metal and older types of such a class out without a word.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m5.metal, m5.large] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
      connectionTracking: { tcpEstablishedTimeout: 300s }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: node.kubernetes.io/instance-type, operator: In, values: [m5.large] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
      connectionTracking: { tcpEstablishedTimeout: 300s }
  `,

  *check(pool, { instances }) {
    const set = instances(pool);
    if (!set.isKnown || !set.nodeClass?.facts.connectionTracking) return;
    const { matches } = select(set.index, set.requirements.all.list);
    const allowed = matches.rows().flatMap((row) => set.info(row) ?? []);
    const dropped = allowed.filter(({ hypervisor }) => hypervisor !== 'nitro');
    const [example] = dropped;
    if (!example) return;
    yield {
      at: requirementsPlace(pool),
      message: `the class sets connectionTracking, which shuts out ${dropped.length} of the ${allowed.length} instance types that the requirements allow, such as ${example.name}`,
      evidence: { kind: 'sets', of: { 'shut out': dropped.map(({ name }) => name) } },
    };
  },
};
