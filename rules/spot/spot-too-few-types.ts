import { valuesWithin } from '../../src/catalog/select.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { allowsSpot, typesPlace } from './spot-allowed.ts';

export const spotTooFewTypes: Rule<'NodePool', { minTypes: number }> = {
  id: 'spot-too-few-types',
  code: 'PP302',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', 'spot-heavy': ['warning', { minTypes: 30 }], security: 'off', dev: 'off' },
  parameters: { minTypes: { default: 15, says: 'Least number of instance types for a pool that may use spot.' } },
  needs: ['catalog'],
  summary: 'spot with too few instance types',
  why: 'EC2 can be offered up to 60 types at a launch and takes the one it can spare. Consolidation from spot to spot even wants 15 that are cheaper than the node it replaces, and does nothing with fewer.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#consolidation',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, m6i, m7i] }
            - { key: karpenter.k8s.aws/instance-size, operator: In, values: [large, xlarge] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [spot] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m5, m6i, m7i] }
  `,

  *check(pool, { instances }, { minTypes }) {
    const set = instances(pool);
    // One type only is told as such.
    if (!set.isKnown || set.unlisted.size > 0 || !allowsSpot(set.requirements) || set.matches.size < 2) return;
    if (set.possible.size >= minTypes || isAccelerated(set)) return;
    yield {
      at: typesPlace(pool, set.requirements),
      message: `the pool may use spot and has ${set.matches.size} instance types; spot wants ${minTypes}`,
      evidence: { kind: 'figures', of: { types: set.matches.size, minTypes } },
    };
  },
};

/** Of types with a GPU or an accelerator there are not many more. */
function isAccelerated({ index, matches }: InstanceSet): boolean {
  const keys = ['karpenter.k8s.aws/instance-gpu-count', 'karpenter.k8s.aws/instance-accelerator-count'];
  const plain = keys.reduce((left, key) => left.and(index.key(key)?.absent ?? left), matches);
  return plain.isEmpty && keys.some((key) => valuesWithin(index, key, matches).length > 0);
}
