import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { canLand } from '../../src/context/workloads.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { imageName, imagesOf } from './images.ts';
import { insertRequirement, requirementsPlace } from './pool-places.ts';

export const reqMissingArch: Rule<'NodePool', { imageArchitectures: Readonly<Record<string, string>> }> = {
  id: 'req-missing-arch',
  code: 'PP219',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  needs: ['catalog'],
  parameters: {
    imageArchitectures: {
      default: {},
      says: 'Images, with or without tag, that exist for one architecture only: amd64 or arm64.',
    },
  },
  fix: 'unsafe',
  summary: 'a pool that leaves the processor architecture open',
  why: 'Karpenter never looks at images. It launches whatever is cheapest, which often is Graviton, and an image built for amd64 alone dies there with "exec format error".',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#architecture',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }
  `,

  *check(pool, world, { imageArchitectures }) {
    const set = world.instances(pool);
    if (!set.isKnown || set.requirements.of(labels.arch).length > 0) return;
    const counts = set.values(labels.arch);
    if (counts.length < 2) return;
    const ops = insertRequirement(pool, labels.arch, 'In', ['amd64']);
    yield {
      at: requirementsPlace(pool),
      message: `nothing is said of ${labels.arch}: the pool launches ${counts.join(' and ')} nodes, whichever are cheapest`,
      ...singleArchitecture(pool, world, imageArchitectures),
      ...(ops.length > 0 && { fixes: [{ title: 'ask for amd64', safety: 'unsafe', ops }] }),
    };
  },
};

/** An image that is declared to run on one of them only, of a workload that may land here. */
function singleArchitecture(
  pool: NodePool,
  { workloads, requirements, target }: World,
  declared: Readonly<Record<string, string>>,
): Pick<Finding, 'severity' | 'related'> {
  const wellKnown = wellKnownLabels(target.karpenterMinor);
  for (const workload of workloads) {
    const image = imagesOf(workload).find(
      ({ value }) => Object.hasOwn(declared, value) || Object.hasOwn(declared, imageName(value)),
    );
    const pins = workload.alternatives?.every(({ byKey }) => byKey.has(labels.arch));
    if (!image || pins || !canLand(workload, pool, requirements(pool), wellKnown)) continue;
    const architecture = declared[image.value] ?? declared[imageName(image.value)];
    return { severity: 'warning', related: [{ at: image.at, message: `can land here and runs on ${architecture} only` }] };
  }
  return {};
}
