import { isBound } from '../../src/algebra/requirement.ts';
import { type Requirements, requirements as setOf } from '../../src/algebra/requirements.ts';
import { instanceLabel, labels } from '../../src/catalog/instance-label.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import type { Statement } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reqRedundant: Rule<'NodePool'> = {
  id: 'req-redundant',
  code: 'PP216',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  needs: ['catalog'],
  fix: 'safe',
  summary: 'a requirement that changes nothing',
  why: 'It excludes no instance type that the others leave. Such lines hide the requirement that matters and are copied from pool to pool as if they protected something.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, c7i] }
            - { key: karpenter.k8s.aws/instance-size, operator: NotIn, values: [nano, micro] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, c7i] }
            - { key: karpenter.k8s.aws/instance-size, operator: NotIn, values: [large] }
  `,

  *check(pool, { instances, catalog }) {
    const set = instances(pool);
    if (!set.isKnown || set.unlisted.size > 0 || set.matches.isEmpty) return;
    let kept = set.requirements.statements;
    // From the last on, so that of two that say the same the first stays.
    for (const statement of kept.toReversed()) {
      const others = kept.filter((other) => other !== statement);
      if (!isCandidate(statement, set) || !leavesTheSame(set, setOf(...others.map(({ requirement }) => requirement)))) continue;
      kept = others;
      const { key, says, at, written } = statement;
      yield {
        at,
        message: `${key} ${says} excludes none of the ${set.matches.size} instance types that the other requirements leave (catalog of ${catalog.asOf})`,
        ...(written && { fixes: [{ title: 'remove the requirement', safety: 'safe', ops: [{ op: 'remove', at: written.at }] }] }),
      };
    }
  },
};

/** What states an intention is no noise, even where it changes nothing today. */
const intentions: readonly string[] = [
  labels.os,
  labels.arch,
  labels.capacityType,
  labels.tenancy,
  labels.hypervisor,
  labels.zone,
  labels.zoneId,
  labels.region,
  labels.reservationId,
  labels.reservationType,
];

function isCandidate({ key, written, values }: Statement, { index }: InstanceSet): boolean {
  if (!written || written.minValues || !instanceLabel.has(key) || intentions.includes(key)) return false;
  const label = index.key(key);
  // A value that no table has is a mistake of another kind.
  return label !== undefined && (isBound(written.operator?.value ?? '') || values.every(({ value }) => label.has(value)));
}

function leavesTheSame(set: InstanceSet, others: Requirements): boolean {
  const { matches, possible } = set.under(others);
  return matches.equals(set.matches) && possible.equals(set.possible);
}
