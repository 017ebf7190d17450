import { labels } from '../../src/catalog/instance-label.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import { capacityIn, sizedTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { isOver, type PoolLimit, poolLimits } from './pool-limits.ts';

export const limitsExcludesAllowedTypes: Rule<'NodePool'> = {
  id: 'limits-excludes-allowed-types',
  code: 'PP506',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  summary: 'families, sizes or types that the pool names and its limits shut out',
  why: 'A type that alone exceeds a limit is left out without a word, even while the pool is empty. Whoever reads the requirements counts on it.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "90" }
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [p4d, g5] }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "80" }
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g6, g5] }]
  `,

  *check(pool, { instances, requirements, target }) {
    const limits = poolLimits(pool);
    if (limits.length === 0 || !instances(pool).isKnown) return;
    const excluding = excluder(instances(pool), limits, target);
    for (const key of [labels.family, labels.size, labels.instanceType]) {
      const named = requirements(pool)
        .of(key)
        .filter(({ operator }) => operator === 'In')
        .flatMap(({ values }) => values);
      const shut = named.flatMap((value) => {
        const limit = excluding(key, value.value);
        return limit ? [{ value, limit }] : [];
      });
      const [first] = shut;
      // Where nothing is left, the limit is the mistake: another rule's business.
      if (!first || shut.length === named.length) continue;
      const names = shut.map(({ value }) => value.value);
      yield {
        at: first.value.at,
        message: `no type of ${names.join(', ')} fits into the limit ${first.limit.resource} ${first.limit.written.value}, even while the pool is empty`,
        related: [{ at: first.limit.written.at, message: 'the limit' }],
        evidence: { kind: 'sets', of: { named: named.map(({ value }) => value), 'shut out': names } },
      };
    }
  },
};

/** The first limit that a value's types break, if each of them breaks one. */
function excluder(
  set: InstanceSet,
  limits: readonly PoolLimit[],
  { karpenterMinor }: World['target'],
): (key: string, value: string) => PoolLimit | undefined {
  const capacityOf = capacityIn(set, karpenterMinor);
  return (key, value) => {
    const carriers = set.carrying(key, value);
    const types = carriers && sizedTypes(set, carriers);
    if (!types?.every((type) => limits.some((limit) => isOver(limit, capacityOf(type))))) return undefined;
    const [type] = types;
    return type && limits.find((limit) => isOver(limit, capacityOf(type)));
  };
}
