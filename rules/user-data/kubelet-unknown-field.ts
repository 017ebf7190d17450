import { nearestWords } from '../../src/algebra/nearest-word.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { kubeletFields } from './kubelet-fields.gen.ts';
import { type Mismatch, mismatches } from './kubelet-shape.ts';

export const kubeletUnknownField: Rule<'EC2NodeClass', { extraFields: readonly string[] }> = {
  id: 'kubelet-unknown-field',
  code: 'PP821',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  since: '1.15',
  fix: 'unsafe',
  parameters: {
    extraFields: { default: [], says: 'Names of kubelet fields that a newer Karpenter knows and this list does not.' },
  },
  summary: 'a field that the kubelet does not have',
  why: 'The API server takes anything below spec.kubelet. The controller then sets ValidationSucceeded to False with reason InvalidKubeletConfiguration, and every pool of the class stops launching nodes.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { maxpods: 42 }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { maxPods: 42 }
  `,

  *check({ kubelet }, { settings }, { extraFields }) {
    if (!kubelet) return;
    const { extraFields: everywhere = [] } = settings as { readonly extraFields?: readonly string[] };
    for (const mismatch of mismatches(kubelet, kubeletFields)) {
      if (mismatch.kind !== 'unknown-field' || extraFields.includes(String(mismatch.key.value))) continue;
      const written = mismatch.node.at.path.filter((part) => typeof part === 'string').join('.');
      if (!everywhere.includes(`EC2NodeClass.${written}`)) yield worded(mismatch);
    }
  },
};

function worded({ node, key, known }: Mismatch & { kind: 'unknown-field' }): Finding {
  const name = String(key.value);
  const [near] = nearestWords(name, known);
  const message = `the kubelet has no field "${name}"${near === undefined ? '' : `; did you mean "${near}"?`}`;
  const fixes = [
    { title: `rename it "${near}"`, safety: 'unsafe' as const, ops: [{ op: 'rename' as const, at: node.at, key: near ?? '' }] },
  ];
  return { at: node.keyAt, check: 'RT-KL-01', message, ...(near !== undefined && { fixes }) };
}
