import { intersection, type Requirement, size } from '../../src/algebra/requirement.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import type { Statement } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reqContradiction: Rule<'NodePool'> = {
  id: 'req-contradiction',
  code: 'PP210',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  summary: 'requirements on one key that leave no value',
  why: 'For a well-known key no instance type is left and the pool is passed over for every pod; for a key of your own the requirement turns into "must not exist". No condition on the pool and no event says so.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecrequirements',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
            - { key: kubernetes.io/arch, operator: NotIn, values: [amd64] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64, arm64] }
            - { key: kubernetes.io/arch, operator: NotIn, values: [arm64] }
  `,

  *check(pool, { target, requirements }) {
    const { all, of } = requirements(pool);
    for (const { key } of all.list) {
      const [last, ...others] = minimalConflict(of(key));
      if (!last) continue;
      const left = wellKnownLabels(target.karpenterMinor).has(key)
        ? 'no instance type can match'
        : 'no value is left, so the label must not exist at all';
      yield {
        at: last.at,
        message: `${last.says} contradicts ${others.map(({ says }) => says).join(' together with ')} on ${key}: ${left}`,
        related: others.map(({ at, says }) => ({ at, message: says })),
        evidence: { kind: 'sets', of: { [key]: [...others, last].map(({ says }) => says) } },
      };
    }
  },
};

/** The fewest statements that leave nothing, the last one written first; empty if something is left. */
function minimalConflict(statements: readonly Statement[]): readonly Statement[] {
  if (statements.length < 2 || !isEmpty(statements)) return [];
  let core = statements;
  for (const statement of statements) {
    const rest = core.filter((other) => other !== statement);
    if (rest.length > 0 && isEmpty(rest)) core = rest;
  }
  return core.length < 2 ? [] : core.toReversed();
}

function isEmpty(statements: readonly Statement[]): boolean {
  const isAbsent = statements.some(({ requirement: one }) => one.operator === 'DoesNotExist');
  // A label that must not exist contradicts only what demands one.
  if (isAbsent) return statements.some(({ requirement: one }) => one.operator === 'In' || one.operator === 'Exists');
  const all = statements.map(({ requirement: one }) => one).reduce(intersection);
  return size(all) === 0 || isExhausted(all);
}

/** Karpenter calls bounds whose every value is excluded satisfiable; nothing satisfies them all the same. */
function isExhausted({ complement, values, gte, lte }: Requirement): boolean {
  if (!complement || gte === undefined || lte === undefined || BigInt(lte) - BigInt(gte) > 10_000n) return false;
  for (let value = BigInt(gte); value <= BigInt(lte); value++) if (!values.has(String(value))) return false;
  return true;
}
