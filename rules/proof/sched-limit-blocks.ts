import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { AtScale, PodProof } from '../../src/prover/proof.ts';
import { asked, reachOf } from './asked.ts';

export const schedLimitBlocks: Rule<'Context', { surge: boolean }> = {
  id: 'sched-limit-blocks',
  code: 'PP1602',
  on: 'Context',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: {
    surge: { default: true, says: 'Whether the pods count that a rolling update starts before it may stop any.' },
  },
  needs: ['proof'],
  summary: 'replicas that the limits of the pools leave out',
  why: 'Each pod fits, but not all that the manifest or its autoscaler may ask for: at the limit Karpenter launches nothing more, and a rollout or a peak stops halfway.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      limits: { cpu: "16" }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
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
      replicas: 10
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: [{ name: web, image: web, resources: { requests: { cpu: "3" } } }]
  `,
  good: `
    # closed-world
    # region: eu-west-1
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      limits: { cpu: "64" }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
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
      replicas: 10
      selector: { matchLabels: { app: web } }
      template:
        metadata: { labels: { app: web } }
        spec:
          containers: [{ name: web, image: web, resources: { requests: { cpu: "3" } } }]
  `,

  *check(_context, world, { surge }) {
    for (const one of asked(world)) {
      const reach = one.proof.verdict === 'proved' ? reachOf(one, world) : undefined;
      const finding = reach && (blocked(one.proof) ?? (surge ? neverUpdated(one.proof) : undefined));
      if (finding) yield { ...finding, ...reach };
    }
  },
};

function blocked({ pod, atScale }: PodProof): Finding | undefined {
  if (atScale?.because !== 'limits' || atScale.scheduled >= atScale.replicas) return undefined;
  const { replicas, scheduled, nodes } = atScale;
  const on = `on ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
  return findingOf(atScale, `limits let ${scheduled} of the ${replicas} pods of ${pod} start, ${on}`);
}

/** Replicas that would all fit are all that may stay, until the pods of the next version have a place too. */
function neverUpdated(proof: PodProof): Finding | undefined {
  const update = proof.atScale?.because === undefined ? proof.atUpdate : undefined;
  if (update?.because !== 'limits' || update.scheduled >= update.replicas) return undefined;
  const { replicas, scheduled } = update;
  const rest = `a rolling update stops none before ${replicas} run, so it never gets on`;
  return findingOf(update, `limits let ${scheduled} pods of ${proof.pod} start, and ${rest}`);
}

function findingOf({ replicas, scheduled, nodes, from, stops, limits }: AtScale, message: string): Finding {
  return {
    at: from,
    message: `${message}: ${limits.map(({ says }) => says).join('; ') || stops.join('; ')}`,
    related: limits.map(({ at, says }) => ({ at, message: says })),
    evidence: { kind: 'figures', of: { replicas, scheduled, nodes } },
  };
}
