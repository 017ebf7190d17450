import type { Judgement } from './findings.ts';

const pool = {
  apiVersion: 'karpenter.sh/v1',
  kind: 'NodePool',
  metadata: { name: 'warm-up' },
  spec: {
    limits: { cpu: '100' },
    disruption: { consolidationPolicy: 'WhenEmptyOrUnderutilized', consolidateAfter: '1m', budgets: [{ nodes: '10%' }] },
    template: {
      spec: {
        expireAfter: '720h',
        nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'warm-up' },
        requirements: [
          { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: ['c', 'm'] },
          { key: 'karpenter.sh/capacity-type', operator: 'In', values: ['spot', 'on-demand'] },
        ],
      },
    },
  },
};

const nodeClass = {
  apiVersion: 'karpenter.k8s.aws/v1',
  kind: 'EC2NodeClass',
  metadata: { name: 'warm-up' },
  spec: {
    role: 'node',
    amiSelectorTerms: [{ alias: 'al2023@v20260101' }],
    subnetSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'warm-up' } }],
    securityGroupSelectorTerms: [{ tags: { 'karpenter.sh/discovery': 'warm-up' } }],
  },
};

/** Each with something else, since equal questions are not judged twice. */
const ROUNDS = 5;

/** Judges until the indexes are built and the code is compiled: the first request had to wait for that a tenth of a second. */
export function warmUp(judge: Judgement, now: number): void {
  for (let round = 0; round < ROUNDS; round++) {
    for (const object of [pool, nodeClass]) {
      const named = { ...object, metadata: { name: `warm-up-${round}` } };
      judge({ object: named, oldObject: null }, undefined, now, false);
      judge({ object: { ...named, spec: { ...named.spec, round } }, oldObject: named }, undefined, now, false);
    }
  }
}
