import type { Rule } from '../../src/lint/rule.ts';
import type { Place } from '../../src/text/place.ts';
import { type Asked, refused, surestReach } from '../proof/asked.ts';
import { blameOf, isOfMinValues } from '../proof/blame.ts';
import { listed } from '../spot/spot-allowed.ts';

export const reqMinValuesStrandsPods: Rule<'Context'> = {
  id: 'req-min-values-strands-pods',
  code: 'PP224',
  on: 'Context',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['proof'],
  summary: 'minValues that some pods in view cannot meet',
  why: 'minValues is counted after the demands of the pod: of its size, its architecture, its zone. Under the policy Strict, what is enough diversity for the pool shuts out pods that only a few types can run.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#min-values',
  bad: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [c7i, m7i, r7i], minValues: 3 }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: r
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { cluster: a } }]
      securityGroupSelectorTerms: [{ tags: { cluster: a } }]
    ---
    apiVersion: v1
    kind: Pod
    metadata: { name: cache }
    spec:
      nodeSelector: { karpenter.k8s.aws/instance-category: r }
      containers: [{ name: cache, image: cache, resources: { requests: { memory: 2Gi } } }]
  `,
  good: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [c7i, m7i, r7i], minValues: 3 }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: r
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { cluster: a } }]
      securityGroupSelectorTerms: [{ tags: { cluster: a } }]
    ---
    apiVersion: v1
    kind: Pod
    metadata: { name: cache }
    spec:
      containers: [{ name: cache, image: cache, resources: { requests: { memory: 2Gi } } }]
  `,

  *check(_context, world) {
    if (world.target.minValuesPolicy !== 'Strict') return;
    const byPlace = new Map<string, { readonly at: Place; readonly all: Asked[] }>();
    for (const one of refused(world)) {
      if (blameOf(one.proof) !== 'minValues') continue;
      const { conflicts } = one.proof;
      for (const { at } of conflicts.flatMap(({ constraints }) => constraints).filter(isOfMinValues)) {
        const key = JSON.stringify([at.file, at.span?.start, at.object, at.path]);
        const told = byPlace.get(key) ?? { at, all: [] };
        byPlace.set(key, told);
        if (!told.all.includes(one)) told.all.push(one);
      }
    }
    for (const { at, all } of byPlace.values()) {
      const pods = all.map(({ proof }) => proof.pod);
      yield {
        at,
        message: `the types that can run ${listed(pods, 3)} have fewer values: minValues keeps ${pods.length === 1 ? 'it' : 'them'} pending`,
        assumptions: surestReach(all, world)?.assumptions ?? [],
        related: all.slice(0, 3).map(({ proof }) => ({ at: proof.at, message: 'the pods' })),
        evidence: { kind: 'sets', of: { pods } },
      };
    }
  },
};
