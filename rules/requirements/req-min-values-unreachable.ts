import { has, type Requirement } from '../../src/algebra/requirement.ts';
import { instanceLabel } from '../../src/catalog/instance-label.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Located } from '../../src/text/place.ts';

export const reqMinValuesUnreachable: Rule<'NodePool'> = {
  id: 'req-min-values-unreachable',
  code: 'PP223',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'minValues that no launch of the pool can reach',
  why: 'The API compares minValues with the list as written. Karpenter counts the values among the instance types that meet all requirements: where these are fewer, under the Strict policy no node of the pool is ever launched.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#min-values',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [arm64] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, m7a, m7g], minValues: 2 }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, m7a, m7g], minValues: 2 }
  `,

  *check(pool, { instances, target }) {
    const set = instances(pool);
    if (!set.isKnown || set.possible.isEmpty) return;
    for (const requirement of set.requirements.all.list) {
      const least = leastOf(set, requirement);
      const values = least && reachable(set, requirement);
      if (!least || !values || values.length >= least.value) continue;
      const isStrict = target.minValuesPolicy === 'Strict';
      const consequence = isStrict ? 'no node of the pool can be launched' : 'Karpenter lowers it at each launch';
      yield {
        at: least.at,
        message: `minValues ${least.value} on ${requirement.key}: all requirements together leave ${counted(values)}, and ${consequence}`,
        ...(!isStrict && { severity: 'warning' as const, effect: 'risk' as const }),
        evidence: { kind: 'sets', of: { [requirement.key]: values } },
        fixes: lowered(least, values.length),
      };
    }
  },
};

/** The greatest minValues of the key is the one that counts. */
function leastOf({ requirements: { of } }: InstanceSet, { key, minValues }: Requirement): Located<number> | undefined {
  if (minValues === undefined) return undefined;
  return of(key).flatMap(({ written }) => (written?.minValues?.value === minValues ? written.minValues : []))[0];
}

/** A label that instance types do not have is never counted; undefined where the values cannot be told. */
function reachable(
  { index, unlisted, reachable: valuesOf }: InstanceSet,
  requirement: Requirement,
): readonly string[] | undefined {
  const { key } = requirement;
  if (!instanceLabel.has(key)) return [];
  if (!index.key(key) || unlisted.size > 0) return undefined;
  return valuesOf(key).filter((value) => has(requirement, value));
}

function counted(values: readonly string[]): string {
  if (values.length === 0) return 'no value of it';
  const shown = values.length > 6 ? '' : ` (${values.join(', ')})`;
  return `${values.length} ${values.length > 1 ? 'values' : 'value'}${shown}`;
}

function lowered({ at }: Located<number>, reached: number): readonly Fix[] {
  if (reached === 0) return [{ title: 'remove minValues', safety: 'unsafe', ops: [{ op: 'remove', at }] }];
  return [{ title: `ask for ${reached}`, safety: 'unsafe', ops: [{ op: 'set', at, value: reached }] }];
}
