import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import { type Node, SeqNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';
import { kubeletFields, mappedKubeletFields } from './kubelet-fields.gen.ts';
import { knowsKubeletField } from './kubelet-shape.ts';

export const kubeletFieldNotForFamily: Rule<'EC2NodeClass'> = {
  id: 'kubelet-field-not-for-family',
  code: 'PP822',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  since: '1.15',
  fix: 'drifts',
  summary: 'a kubelet field that the AMI family cannot take',
  why: 'Only AL2023 is handed the whole kubelet configuration. Since 1.15 a class of another family with more than Karpenter can translate reports UnsupportedKubeletConfiguration and launches nothing. Before, such a field had no effect: a class that nobody touched breaks on the upgrade.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: bottlerocket@v1.20.3 }]
      kubelet: { podsPerCore: 4 }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: bottlerocket@v1.20.3 }]
      kubelet: { maxPods: 40 }
  `,

  *check(nodeClass) {
    const { kubelet } = nodeClass;
    const family = amiFamilyOf(nodeClass);
    if (!kubelet || family === undefined || family === 'AL2023' || family === 'Custom') return;
    for (const { key, value } of kubelet.entries) {
      const name = String(key.value);
      if (!isKnown(name)) continue;
      const isMapped = mappedKubeletFields.includes(name) && !(name === 'podsPerCore' && family === 'Bottlerocket');
      if (!isMapped) {
        const message = `${name} never reaches a node of family ${family}: since 1.15 the class is not Ready with it`;
        yield { at: value.keyAt, check: 'RT-KL-13', message, fixes: [removal(name, value)] };
      } else if (name === 'clusterDNS' && value instanceof SeqNode && value.items.length > 1) {
        const message = `family ${family} takes one clusterDNS address and ${value.items.length} are listed: since 1.15 the class is not Ready with them`;
        yield { at: value.keyAt, check: 'RT-KL-14', message, fixes: [firstOnly(value)] };
      }
    }
  },
};

/** What the kubelet does not have at all is `kubelet-unknown-field`'s to say, and what Karpenter refuses from everybody is not the family's. */
function isKnown(name: string): boolean {
  return name !== 'registerWithTaints' && knowsKubeletField(kubeletFields, [name]);
}

function removal(name: string, value: Node): Fix {
  return { title: `remove ${name}, which had no effect`, safety: 'drifts', ops: [{ op: 'remove', at: value.at }] };
}

function firstOnly({ items }: SeqNode): Fix {
  const ops = items.slice(1).map(({ at }) => ({ op: 'remove' as const, at }));
  return { title: 'keep the first address, the only one that counted', safety: 'drifts', ops };
}
