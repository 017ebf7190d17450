import { get } from '../../src/algebra/requirements.ts';
import { labelRestriction } from '../../src/algebra/restricted-label.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { meantLabel } from './meant-label.ts';

export const reqCustomLabelExists: Rule<'NodePool'> = {
  id: 'req-custom-label-exists',
  code: 'PP225',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  summary: 'a label of your own that the pool leaves open',
  why: 'With Exists, NotIn or a bound a pod chooses the value of its node. Pods that do not speak of the label land there too, and a node that Karpenter launches for them gets a random value, so the label separates nobody.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#user-defined-labels',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: example.com/team, operator: Exists }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: example.com/team, operator: In, values: [payments] }
          taints: [{ key: example.com/team, value: payments, effect: NoSchedule }]
  `,

  *check(pool, { requirements, target: { karpenterMinor }, settings }) {
    const { all, statements, isKnown } = requirements(pool);
    const { customLabels } = settings as { readonly customLabels?: readonly string[] };
    const isOwn = (key: string): boolean =>
      !wellKnownLabels(karpenterMinor).has(key) &&
      !labelRestriction(key, karpenterMinor) &&
      meantLabel(key, karpenterMinor) === undefined &&
      !customLabels?.includes(key);
    const told = new Set<string>();
    for (const statement of statements) {
      const { key, written } = statement;
      if (told.has(key) || !written || !isKnown(key) || !isOwn(key) || !get(all, key).complement) continue;
      told.add(key);
      yield {
        at: written.operator?.at ?? written.at,
        message: `${key} ${statement.says} gives nodes any value that a pod asks for, and a random one where none does: pods of others land beside them`,
      };
    }
  },
};
