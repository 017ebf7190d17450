import { normalizedLabel } from '../../src/algebra/normalized-label.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reqDeprecatedKey: Rule<'NodePool'> = {
  id: 'req-deprecated-key',
  code: 'PP215',
  on: 'NodePool',
  effect: 'advice',
  severity: 'info',
  fix: 'safe',
  summary: 'a label by its deprecated name',
  why: 'Karpenter reads the beta names as their successors in requirements, and only there: in topologyKey and on nodes they are other labels. Kubernetes has given them up.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#well-known-labels',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: beta.kubernetes.io/arch, operator: In, values: [amd64] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
  `,
  cel: `
    !variables.requirements.exists(
      r,
      r.key in [
        'failure-domain.beta.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/region', 'beta.kubernetes.io/arch',
        'beta.kubernetes.io/os', 'beta.kubernetes.io/instance-type'
      ]
    )
  `,

  *check({ template }) {
    for (const { key } of template.requirements ?? []) {
      const instead = key && normalizedLabel(key.value);
      // The label of the EBS driver is translated too, but it is not deprecated.
      if (!key || instead === undefined || instead === key.value || !/(^|\.)beta\.kubernetes\.io\//.test(key.value)) continue;
      yield {
        at: key.at,
        message: `"${key.value}" is the deprecated name of "${instead}"`,
        fixes: [{ title: `write ${instead}`, safety: 'safe', ops: [{ op: 'set', at: key.at, value: instead }] }],
      };
    }
  },
};
