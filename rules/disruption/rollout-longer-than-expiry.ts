import { parseGoDuration, toMilliseconds } from '../../src/algebra/duration.ts';
import { allowedDisruptions, type BudgetTerms, isBudgetTerms } from '../../src/disruption/budget.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { map, quantity } from '../../src/model/decode.ts';

export const rolloutLongerThanExpiry: Rule<'NodePool', { minutesPerNode: number }> = {
  id: 'rollout-longer-than-expiry',
  code: 'PP431',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['fleet'],
  parameters: { minutesPerNode: { default: 10, says: 'Minutes from the start of a replacement to the end of the old node.' } },
  summary: 'a roll that takes longer than nodes live',
  why: 'Budgets let so few nodes go that a change has not reached all of them before they expire. Expiration asks no budget: the rest is replaced by force, and the fleet is never of one kind.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { budgets: [{ nodes: "1" }] }
      template: { spec: { expireAfter: 24h } }
    status: { resources: { nodes: "200" } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption: { budgets: [{ nodes: "10" }] }
      template: { spec: { expireAfter: 24h } }
    status: { resources: { nodes: "200" } }
  `,

  *check(pool, { now, budgetTerms }, { minutesPerNode }) {
    const { expireAfter } = pool.template;
    const nodes = Number(quantity(map(map(pool.node, 'status'), 'resources'), 'nodes')?.value ?? 0);
    const life = expireAfter && expireAfter.value !== 'Never' ? parseGoDuration(expireAfter.value) : undefined;
    const budgets = termsOf(pool.disruption?.budgets?.items.map((budget) => budgetTerms(budget)));
    if (!expireAfter || life === undefined || !budgets || !(nodes > 0)) return;
    const left = nodesLeft(nodes, budgets, { from: now, until: now + toMilliseconds(life), wave: minutesPerNode * 60_000 });
    if (left === 0) return;
    yield {
      at: expireAfter.at,
      message: `at ${minutesPerNode} minutes a node the budgets let ${nodes - left} of ${nodes} nodes go in ${expireAfter.value}; the other ${left} expire first`,
      evidence: { kind: 'figures', of: { nodes, left } },
      assumptions: [`a replacement takes ${minutesPerNode} minutes`],
    };
  },
};

/** Without budgets one of 10% holds; one that cannot be read leaves it open what is allowed. */
function termsOf(written: readonly ReturnType<World['budgetTerms']>[] | undefined): readonly BudgetTerms[] | undefined {
  const terms = written ?? [{ nodes: '10%', window: undefined, reasons: undefined }];
  const read = terms.filter(isBudgetTerms);
  return read.length === terms.length ? read : undefined;
}

/** Waves enough for any life of a node that people write; a longer one is no reason for alarm. */
const MAX_WAVES = 20_000;

function nodesLeft(
  nodes: number,
  budgets: readonly BudgetTerms[],
  { from, until, wave }: { readonly from: number; readonly until: number; readonly wave: number },
): number {
  let left = nodes;
  for (let at = from, waves = 0; at < until && left > 0; at += wave, waves++) {
    if (waves === MAX_WAVES) return 0;
    left -= Math.min(left, allowedDisruptions(budgets, 'Drifted', nodes, at));
  }
  return left;
}
