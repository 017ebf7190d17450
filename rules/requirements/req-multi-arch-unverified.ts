import { has } from '../../src/algebra/requirement.ts';
import { get } from '../../src/algebra/requirements.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { demandOf } from '../../src/context/landings.ts';
import type { Workload } from '../../src/context/workloads.ts';
import { workloadKinds } from '../../src/context/workloads.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { PoolQuestion } from '../../src/lint/world.ts';
import { imageName, imagesOf } from './images.ts';

export const reqMultiArchUnverified: Rule<'Manifest'> = {
  id: 'req-multi-arch-unverified',
  code: 'PP220',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'risk',
  severity: 'warning',
  needs: ['catalog', 'workloads'],
  summary: 'a workload that may land on two architectures with images that nobody vouches for',
  why: 'Karpenter does not look into images and has no fallback: a pod whose image lacks the architecture of its node fails with "exec format error" until somebody moves it.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#architecture',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64, arm64] }
    ---
    apiVersion: apps/v1
    kind: Deployment
    spec: { template: { spec: { containers: [{ name: web, image: "example.com/web:1" }] } } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64, arm64] }
    ---
    apiVersion: apps/v1
    kind: Deployment
    spec:
      template:
        spec:
          nodeSelector: { kubernetes.io/arch: amd64 }
          containers: [{ name: web, image: "example.com/web:1" }]
  `,

  *check(object, { workloadOf, firstPool, requirements, settings }) {
    const workload = workloadOf(object);
    // Most workloads can land on no such pool, which is known for all that are alike: nobody then asks for their images.
    const pool = workload && firstPool(isMixedFor, workload, demandOf(workload));
    if (!pool || isPinned(workload)) return;
    const { multiArchImages } = settings as { readonly multiArchImages?: readonly string[] };
    const known = new Set(multiArchImages);
    const image = imagesOf(workload).find(({ value }) => !known.has(value) && !known.has(imageName(value)));
    if (!image) return;
    yield {
      at: image.at,
      message: `NodePool "${pool.name?.value ?? ''}" launches amd64 and arm64 nodes, and nothing says that "${image.value}" runs on both`,
      ...(!multiArchImages && { severity: 'info' as const }),
      related: [{ at: (requirements(pool).of(labels.arch)[0] ?? pool).at, message: 'the pool that it can land on' }],
    };
  },
};

/** Whether a workload can land on a pool that launches nodes of several architectures. */
const isMixedFor: PoolQuestion<Workload> = (pool, workload, { instances, canLand }) => {
  const types = instances(pool);
  return types.isKnown && types.values(labels.arch).length > 1 && canLand(workload, pool) === true;
};

/** Whether each way to schedule it leaves one architecture; what a placeholder decides is taken for pinned. */
function isPinned({ alternatives }: Workload): boolean {
  return alternatives?.every((wanted) => !['amd64', 'arm64'].every((arch) => has(get(wanted, labels.arch), arch))) ?? true;
}
