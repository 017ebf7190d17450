import { get } from '../../src/algebra/requirements.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const reqSingleZone: Rule<'NodePool', { minZones: number }> = {
  id: 'req-single-zone',
  code: 'PP228',
  on: 'NodePool',
  effect: 'risk',
  severity: 'info',
  profiles: { minimal: 'off', production: 'warning', 'spot-heavy': 'warning', security: 'off', dev: 'off' },
  parameters: { minZones: { default: 2, says: 'Least number of zones that a pool should reach.' } },
  summary: 'a pool that launches in too few zones',
  why: 'When that zone is short of capacity or down there is nothing to fall back on, and pods that spread over zones or whose volumes lie elsewhere find no node here.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#availability-zones',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }
  `,

  *check(pool, world, { minZones }) {
    const zones = zonesOf(pool, world);
    const [statement] = world.requirements(pool).of(labels.zone);
    if (!zones || !statement || zones.size === 0 || zones.size >= minZones || isBound(pool, world)) return;
    const together = new Set(zones);
    const own = audience(pool);
    for (const other of world.context.nodePools) {
      if (other === pool || audience(other) !== own) continue;
      const theirs = zonesOf(other, world);
      // A sibling without a zone goes everywhere.
      if (!theirs) return;
      for (const zone of theirs) together.add(zone);
    }
    if (together.size >= minZones) return;
    yield {
      at: statement.at,
      message: `the pool launches in ${[...zones].join(', ')} only; at least ${minZones} zones are wanted`,
      evidence: { kind: 'sets', of: { zones: [...zones] } },
    };
  },
};

/** The zones that a pool is held to; undefined where it is not, or a placeholder says. */
function zonesOf(pool: NodePool, { requirements }: World): ReadonlySet<string> | undefined {
  const { all, isKnown } = requirements(pool);
  const { complement, values } = get(all, labels.zone);
  return complement || !isKnown(labels.zone) ? undefined : values;
}

/** Reservations and placement groups lie in one zone by nature. */
function isBound(pool: NodePool, { context }: World): boolean {
  const nodeClass = context.classOf(pool);
  const terms = ['capacityReservationSelectorTerms', 'placementGroupSelector'];
  return nodeClass !== undefined && terms.some((term) => find(nodeClass.node, ['spec', term]) !== undefined);
}

/** Pods cannot tell pools with the same labels and taints apart: one per zone is one pool for all of them. */
function audience({ template }: NodePool): string {
  const pairs = [...(template.labels ?? [])].map(({ key, value }) => `${key.value}=${value.value}`).sort();
  const taints = [...(template.taints ?? [])].map(({ key, value, effect }) =>
    JSON.stringify([key?.value, value?.value, effect?.value]),
  );
  return JSON.stringify([pairs, taints.sort()]);
}
