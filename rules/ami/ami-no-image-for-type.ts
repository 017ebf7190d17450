import { acceleratorsOf } from '../../src/catalog/accelerators.ts';
import type { InstanceTypeInfo } from '../../src/catalog/instance-type-info.ts';
import { allTypes, someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { requirementsPlace } from '../requirements/pool-places.ts';
import { withoutImage } from './without-image.ts';

export const amiNoImageForType: Rule<'NodePool'> = {
  id: 'ami-no-image-for-type',
  code: 'PP717',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  summary: 'instance types for which the alias has no image',
  why: 'The scheduler chooses the type, but no launch template can be made for it: nothing starts and the pods wait. AL2 has no image for Graviton with GPUs, Windows none for arm64, and AL2023 does not start on a1.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g5g] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2@v20250501 }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g5g] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
  `,

  *check(pool, { context, instances, requirements }) {
    const alias = context.classOf(pool)?.amiSelectorTerms?.items.find((term) => term.alias)?.alias;
    const related = alias ? [{ at: alias.at, message: 'the alias of its class' }] : [];
    const reason = alias && withoutImage(alias.value, requirements(pool));
    if (alias && reason) {
      const message = `"${alias.value}" has no image for any of the pool's instance types: ${reason}`;
      yield { at: requirementsPlace(pool), message, related };
    }
    if (!alias?.value.startsWith('al2@')) return;
    const all = allTypes(instances(pool));
    const types = all ?? someTypes(instances(pool));
    const without = types.filter(isGravitonWithGpu);
    const [example] = without;
    if (!example) return;
    const isWhole = all !== undefined && without.length === all.length;
    yield {
      at: requirementsPlace(pool),
      message: `"${alias.value}" has no image for ${isWhole ? 'any' : without.length} of the pool's ${types.length} instance types (${example.name}): AL2 has none for arm64 with GPUs`,
      related,
      ...(!isWhole && { severity: 'info' as const }),
    };
  },
};

function isGravitonWithGpu(info: InstanceTypeInfo): boolean {
  return info.arch === 'arm64' && acceleratorsOf(info).length > 0;
}
