import {
  type BudgetTerms,
  covers,
  disruptionReasons,
  holdsThroughout,
  isBudgetTerms,
  windowsOf,
} from '../../src/disruption/budget.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const budgetNoFloor: Rule<'NodePool'> = {
  id: 'budget-no-floor',
  code: 'PP409',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: 'error', security: 'off', dev: 'off' },
  fix: 'unsafe',
  summary: 'reasons that no budget governs outside of windows',
  why: 'An inactive budget is no limit, and writing any budget removes the default of 10%. Outside of the windows all nodes of the pool may be replaced at once.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "0 9 * * mon-fri", duration: 8h }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "10%" }
          - { nodes: "0", schedule: "0 9 * * mon-fri", duration: 8h }
  `,

  *check({ disruption, replicas }, { target, now, budgetTerms }) {
    const { budgets } = disruption ?? {};
    const terms = (budgets?.items ?? []).map(budgetTerms).filter(isBudgetTerms);
    if (replicas || !budgets || terms.length < budgets.items.length) return;
    const loose = disruptionReasons(target.karpenterMinor).filter((reason) => isOpenAtTimes(terms, reason, now));
    if (loose.length === 0) return;
    yield {
      at: budgets.keyAt,
      message: `outside of its windows nothing limits ${loose.join(', ')}: the whole pool may go at once`,
      evidence: { kind: 'sets', of: { unlimited: loose } },
      fixes: [
        {
          title: 'add a budget of 10% that always holds',
          safety: 'unsafe',
          ops: [{ op: 'insert', at: budgets.at, value: { nodes: '10%' } }],
        },
      ],
    };
  },
};

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Governed by windows alone, and not at every hour of the year. A reason that no budget names at all is another rule's. */
function isOpenAtTimes(budgets: readonly BudgetTerms[], reason: string, now: number): boolean {
  const governing = budgets.filter((budget) => covers(budget, reason));
  if (governing.length === 0 || governing.some(({ window }) => window === undefined)) return false;
  const year = { from: now, until: now + YEAR };
  if (governing.length === 1) return !governing.some((budget) => holdsThroughout(budget, year));
  const closed = governing.flatMap((budget) => [...windowsOf(budget, year)]).sort((a, b) => a.from - b.from);
  let until = year.from;
  for (const window of closed) {
    if (window.from > until) return true;
    until = Math.max(until, window.until);
  }
  return until < year.until;
}
