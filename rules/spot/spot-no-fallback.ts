import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { type Reach, surestReach } from '../proof/asked.ts';
import { strandedWithoutSpot } from '../proof/without-spot.ts';
import { listed, typesPlace } from './spot-allowed.ts';

export const spotNoFallback: Rule<'Context', { allowSpotOnly: readonly string[] }> = {
  id: 'spot-no-fallback',
  code: 'PP305',
  on: 'Context',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', security: 'off', dev: 'off' },
  parameters: {
    allowSpotOnly: { default: [], says: 'Labels of NodePools, as key=value, that are meant to be without a fallback.' },
  },
  needs: ['proof'],
  summary: 'a spot pool whose pods nothing takes on demand',
  why: 'When EC2 has no spot capacity left for a pool, its pods stay pending until it has. One pool that allows spot and on-demand needs no second one beside it: Karpenter takes spot first.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#fallback',
  bad: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: spot }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
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
    metadata: { name: spot }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot, on-demand] }
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

  *check({ nodePools }, world, { allowSpotOnly }) {
    const stranded = strandedWithoutSpot(world);
    for (const pool of nodePools) {
      const own = stranded.filter(({ pools }) => pools.includes(pool));
      if (own.length === 0 || isMeant(pool, allowSpotOnly)) continue;
      const pods = own.map(({ one }) => one.proof.pod);
      yield {
        at: typesPlaceOf(pool, world),
        message: `nothing else takes ${listed(pods, 3)} when there is no spot capacity`,
        // Where pools may be out of view, one of them may be the fallback.
        ...(surestReach(
          own.map(({ one }) => one),
          world,
        ) ?? unsure),
        related: own.slice(0, 3).map(({ one: { proof } }) => ({ at: proof.at, message: 'pods that run here only' })),
        evidence: { kind: 'sets', of: { 'without a fallback': pods } },
      };
    }
  },
};

function isMeant({ labels }: NodePool, allowed: readonly string[]): boolean {
  return [...(labels ?? [])].some(({ key, value }) => allowed.includes(`${key.value}=${value.value}`));
}

function typesPlaceOf(pool: NodePool, { requirements }: World): ReturnType<typeof typesPlace> {
  const capacity = requirements(pool).of('karpenter.sh/capacity-type')[0];
  return capacity?.at ?? typesPlace(pool, requirements(pool));
}

const unsure: Reach = { severity: 'info', assumptions: ['no pool out of view takes these pods'] };
