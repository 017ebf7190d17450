import type { Rule } from '../../src/lint/rule.ts';
import type { Witness } from '../../src/prover/proof.ts';
import { listed } from '../spot/spot-allowed.ts';
import { asked, poolPlace } from './asked.ts';
import { refusalEvidence } from './refusals.ts';

export const schedLanding: Rule<'Context'> = {
  id: 'sched-landing',
  code: 'PP1609',
  on: 'Context',
  effect: 'advice',
  severity: 'off',
  needs: ['proof'],
  summary: 'where the pods of a workload would run',
  why: 'Which pool a pod gets, as what capacity and on which types, and why not the others, is asked more often than anything else. Off by default, because it is an answer and not a finding: a rule of its own so that a pull request can show it.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/',
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
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
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
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: [{ name: web, image: web, resources: { requests: { cpu: "1" } } }]
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
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: r
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      subnetSelectorTerms: [{ tags: { cluster: a } }]
      securityGroupSelectorTerms: [{ tags: { cluster: a } }]
  `,

  *check(_context, world) {
    for (const { proof } of asked(world)) {
      const { at, pod, witness, wouldBe } = proof;
      if (!witness) continue;
      const others = wouldBe.why.map(({ pool, refusal }) => `; not "${pool}": ${refusal}`).join('');
      yield {
        at,
        message: `${pod} would run on NodePool "${witness.pool}" as ${witness.capacityType}, on ${listed(wouldBe.instanceTypes)}, ${costOf(witness)}${others}`,
        related: poolPlace(witness.pool, world),
        ...(wouldBe.why.length > 0 && { evidence: refusalEvidence(proof) }),
      };
    }
  },
};

function costOf({ instanceType, zone, pricePerHour }: Witness): string {
  const price = pricePerHour === undefined ? 'at a price that is not known' : `at ${pricePerHour} an hour`;
  return `such as ${instanceType} in ${zone} ${price}`;
}
