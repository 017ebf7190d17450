import { labels } from '../../src/catalog/instance-label.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { child } from '../../src/model/decode.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const netPlacementGroupZone: Rule<'EC2NodeClass', { strategy: string }> = {
  id: 'net-placement-group-zone',
  code: 'PP1115',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'info',
  profiles: { minimal: 'off' },
  since: '1.11',
  parameters: { strategy: { default: '', says: 'Strategy of the placement groups: cluster, spread or partition.' } },
  summary: 'a placement group that holds fewer nodes than its pools',
  why: 'A cluster group lives in one zone, a spread group takes seven instances per zone. What goes beyond that fails to launch.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/placement-strategies.html',
  bad: `
    # parameters: {"strategy": "cluster"}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { placementGroupSelector: { name: hpc } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a, eu-west-1b] }]
  `,
  good: `
    # parameters: {"strategy": "cluster"}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { placementGroupSelector: { name: hpc } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] }]
  `,

  *check(nodeClass, world, { strategy }) {
    const selector = child(child(nodeClass.node, 'spec'), 'placementGroupSelector');
    if (!selector) return;
    for (const pool of world.context.poolsOf(nodeClass)) {
      const zones = zonesOf(pool, world);
      const nodes = pool.limits?.get('nodes');
      const name = pool.name?.value ?? '';
      if (strategy === 'cluster' && zones !== undefined && zones > 1)
        yield { at: selector.keyAt, message: `a cluster placement group is in one zone, and pool "${name}" spans ${zones}` };
      if (strategy === 'spread' && zones !== undefined && nodes && Number(nodes.value) > 7 * zones)
        yield {
          at: selector.keyAt,
          message: `a spread placement group holds ${7 * zones} nodes in ${zones} ${zones === 1 ? 'zone' : 'zones'}, and pool "${name}" may have ${nodes.value}`,
        };
    }
  },
};

/** How many zones the pool may use; undefined where nobody says which there are. */
function zonesOf(pool: NodePool, { requirements, target }: World): number | undefined {
  const { isKnown, all } = requirements(pool);
  const asked = all.byKey.get(labels.zone);
  if (!isKnown(labels.zone)) return undefined;
  if (asked && !asked.complement) return asked.values.size;
  return target.zones?.length;
}
