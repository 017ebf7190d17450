import { labels } from '../../src/catalog/instance-label.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { insertRequirement, requirementsPlace } from './pool-places.ts';
import { choosesTypes, choosing } from './type-choice.ts';

export const reqNone: Rule<'NodePool'> = {
  id: 'req-none',
  code: 'PP221',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  fix: 'unsafe',
  summary: 'a pool that allows every instance type',
  why: 'Burstable types, bare metal, types of terabytes and GPUs are all in. Karpenter only prefers the ordinary ones where it has the choice, and not even that once minValues is set.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#instance-types',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { template: { spec: { requirements: [] } } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }
            - { key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["2"] }
  `,
  cel: `object.spec.template.spec.nodeClassRef.group != 'karpenter.k8s.aws' || [${choosing.map((key) => `'${key}'`).join(', ')}, 'beta.kubernetes.io/instance-type'].exists(k, k in variables.labels || variables.requirements.exists(r, r.key == k && r.operator != 'DoesNotExist')) || !variables.capacityTypes.exists(t, t in ['spot', 'on-demand'])`,

  *check(pool, { requirements }) {
    const said = requirements(pool);
    const group = pool.template.nodeClassRef?.group?.value ?? 'karpenter.k8s.aws';
    if (!pool.template.spec || group !== 'karpenter.k8s.aws' || choosesTypes(said)) return;
    // A pool that lives of reservations has the types of its reservations.
    const isBought = ['spot', 'on-demand'].some((type) => allows(said, labels.capacityType, type) !== false);
    if (!isBought) return;
    const asked = [...new Set(said.statements.map(({ key }) => key))];
    yield {
      at: requirementsPlace(pool),
      message: `${asked.length === 0 ? 'no requirement' : `none of its requirements (${asked.join(', ')})`} chooses instance types: burstable, metal and GPU types are allowed too`,
      fixes: baseline(pool),
    };
  },
};

/** What Karpenter's own documentation starts from. */
function baseline(pool: NodePool): readonly Fix[] {
  const ops = [
    ...insertRequirement(pool, labels.category, 'In', ['c', 'm', 'r']),
    ...insertRequirement(pool, labels.generation, 'Gt', ['2']),
  ];
  return ops.length > 0 ? [{ title: 'allow c, m and r of generation 3 and newer', safety: 'unsafe', ops }] : [];
}
