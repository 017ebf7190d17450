import {
  allowedNodes,
  type BudgetTerms,
  contains,
  covers,
  disruptionReasons,
  isBudgetTerms,
  windowsOf,
} from '../../src/disruption/budget.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Budget } from '../../src/model/node-pool.ts';

export const budgetWindowCannotRaise: Rule<'NodePool'> = {
  id: 'budget-window-cannot-raise',
  code: 'PP408',
  on: 'NodePool',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a scheduled budget that a stricter one overrules the whole time',
  why: 'Of the budgets that are active for a reason Karpenter obeys the smallest. A window that is meant to let more nodes go changes nothing while a stricter budget holds, so the roll-out that waits for it never speeds up.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - nodes: 10%
          - { nodes: 50%, schedule: "0 2 * * 6", duration: 4h }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - nodes: 50%
          - { nodes: 10%, schedule: "0 6 * * *", duration: 20h }
  `,

  *check({ disruption }, { target, now, budgetTerms }) {
    const year = { from: now, until: now + YEAR };
    const budgets = (disruption?.budgets?.items ?? []).flatMap((written) => {
      const terms = budgetTerms(written);
      return isBudgetTerms(terms) ? [{ written, terms }] : [];
    });
    for (const candidate of budgets) {
      // A window of no length is told by a rule of its own.
      if (candidate.terms.window === undefined || candidate.terms.window.duration === 0) continue;
      const governed = disruptionReasons(target.karpenterMinor).filter((reason) => covers(candidate.terms, reason));
      const overruling = governed.map((reason) =>
        budgets.find(
          (other) =>
            other !== candidate &&
            covers(other.terms, reason) &&
            overrules(other.terms, candidate.terms) &&
            contains(windowsOf(other.terms, year), windowsOf(candidate.terms, year)),
        ),
      );
      const [first] = overruling;
      if (first === undefined || overruling.includes(undefined)) continue;
      yield finding(candidate.written, first.written);
    }
  },
};

const YEAR = 365 * 24 * 60 * 60 * 1000;

/** Pools beyond this size are compared as this one: by then a percentage has overtaken every small number. */
const LARGEST_POOL = 1000;

/** Whether one value never lets more nodes go than the other. Equal ones overrule the later, so that one of two twins is told. */
function overrules(strict: BudgetTerms, loose: BudgetTerms): boolean {
  for (let size = 1; size <= LARGEST_POOL; size++)
    if (allowedNodes(strict.nodes, size) > allowedNodes(loose.nodes, size)) return false;
  return strict.nodes !== loose.nodes || strict.window === undefined;
}

function finding(
  loose: Budget,
  strict: Budget,
): {
  readonly at: Budget['at'];
  readonly message: string;
  readonly related: readonly { readonly at: Budget['at']; readonly message: string }[];
} {
  const value = loose.nodes?.value ?? '10%';
  const least = strict.nodes?.value ?? '10%';
  const when = strict.schedule ? 'holds through all of its windows' : 'always holds';
  return {
    at: (loose.nodes ?? loose).at,
    message: `nodes "${value}" on schedule "${loose.schedule?.value}" has no effect: the budget of "${least}" ${when}, and the smaller one counts`,
    related: [{ at: (strict.nodes ?? strict).at, message: 'the budget that counts' }],
  };
}
