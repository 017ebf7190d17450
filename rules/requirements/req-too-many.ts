import type { Requirement } from '../../src/algebra/requirement.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { requirementsPlace } from './pool-places.ts';

export const reqTooMany: Rule<'NodePool'> = {
  id: 'req-too-many',
  code: 'PP227',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  summary: 'more labels and requirements than a NodeClaim can hold',
  why: 'Every label that the pool speaks of becomes a requirement of its NodeClaims, and the API refuses a NodeClaim with more than 100. The pool looks well and no node is ever created.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclaims/',
  bad: dedicated(100),
  good: dedicated(96),

  *check(pool, { requirements }) {
    const { all } = requirements(pool);
    const written = (pool.template.requirements?.items.length ?? 0) + (pool.template.labels?.items.length ?? 0);
    // What the API refuses in the pool itself is told as such.
    if ((pool.template.requirements?.items.length ?? 0) > most || (pool.template.labels?.items.length ?? 0) > most) return;
    const instanceType = all.byKey.has('node.kubernetes.io/instance-type') ? 0 : 1;
    const count = all.list.reduce((sum, requirement) => sum + entriesOf(requirement), instanceType);
    if (count <= most) return;
    yield {
      at: requirementsPlace(pool),
      message: `${written} labels and requirements, with those that Karpenter adds, make ${count} requirements of a NodeClaim; the API takes ${most}`,
      evidence: { kind: 'figures', of: { requirements: count, most } },
    };
  },
};

const most = 100;

/** A lower and an upper bound are two. */
function entriesOf({ gte, lte }: Requirement): number {
  return gte !== undefined && lte !== undefined ? 2 : 1;
}

function dedicated(labels: number): string {
  const pairs = Array.from({ length: labels }, (_, index) => `n${index}: a`);
  return `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        metadata: { labels: { ${pairs.join(', ')} } }
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `;
}
