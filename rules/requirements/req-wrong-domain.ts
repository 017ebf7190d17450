import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { meantLabel, meantNodeLabel } from './meant-label.ts';

export const reqWrongDomain: Rule<'NodePool'> = {
  id: 'req-wrong-domain',
  code: 'PP203',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  fix: 'drifts',
  summary: 'a well-known label under a domain that is not its own',
  why: 'Karpenter takes the key for a label of yours: it excludes no instance type and is only painted on the nodes, so the pool launches whatever the other requirements leave. Nothing says so.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#well-known-labels',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: node.kubernetes.io/instance-family, operator: In, values: [m7i] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
  `,

  *check(pool, { target, settings }) {
    if (isAutoMode(pool)) return;
    const { customLabels } = settings as { readonly customLabels?: readonly string[] };
    const own = new Set(customLabels);
    const minor = target.karpenterMinor;
    for (const { key } of pool.template.requirements ?? []) {
      const known = key && meantLabel(key.value, minor);
      if (!key || known === undefined || own.has(key.value)) continue;
      const fix: Fix = { title: `write ${known}`, safety: 'safe', ops: [{ op: 'set', at: key.at, value: known }] };
      yield { at: key.at, message: `"${key.value}" constrains no instance type: the label is "${known}"`, fixes: [fix] };
    }
    for (const { key, value } of pool.template.labels ?? []) {
      const known = meantNodeLabel(key.value, minor);
      // Teams do paint labels such as "capacity-type" on nodes; under a domain of Kubernetes' it is hardly meant.
      if (known === undefined || own.has(key.value) || !key.value.includes('/')) continue;
      const fix: Fix = { title: `rename it ${known}`, safety: 'drifts', ops: [{ op: 'rename', at: value.at, key: known }] };
      yield {
        at: key.at,
        severity: 'warning',
        message: `the label "${key.value}" is only painted on nodes: the one that chooses them is "${known}"`,
        fixes: [fix],
      };
    }
  },
};

/** EKS Auto Mode has labels of these names under a domain of its own. */
function isAutoMode({ template }: NodePool): boolean {
  return template.nodeClassRef?.group?.value === 'eks.amazonaws.com';
}
