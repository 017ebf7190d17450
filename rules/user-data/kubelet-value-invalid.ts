import type { Rule } from '../../src/lint/rule.ts';
import { kubeletValueChecks } from './kubelet-value-checks.ts';

export const kubeletValueInvalid: Rule<'EC2NodeClass'> = {
  id: 'kubelet-value-invalid',
  code: 'PP823',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  since: '1.15',
  fix: 'drifts',
  summary: 'a kubelet value that the controller refuses',
  why: 'Since 1.15 the API server looks at nothing below spec.kubelet, so a server-side dry run no longer finds this. The controller does, marks the class InvalidKubeletConfiguration, and its pools stop launching nodes.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { evictionHard: { memory.available: 5 percent } }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { evictionHard: { memory.available: 5% } }
  `,

  *check({ kubelet }) {
    if (!kubelet) return;
    for (const { id, check } of kubeletValueChecks) {
      for (const finding of check(kubelet)) yield { ...finding, check: finding.check ?? id };
    }
  },
};
