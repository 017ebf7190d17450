import { nearestWords } from '../../src/algebra/nearest-word.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';
import { map, text } from '../../src/model/decode.ts';

export const kubeletEnumUnchecked: Rule<'EC2NodeClass'> = {
  id: 'kubelet-enum-unchecked',
  code: 'PP826',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'warning',
  since: '1.15',
  fix: 'unsafe',
  summary: 'a kubelet value that nobody checks before the kubelet does',
  why: 'Karpenter checks names and types of what it hands through to AL2023, not what the words mean. The kubelet exits on a word that it does not know, the node never registers, and after 15 minutes Karpenter tries the next one.',
  docs: 'https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { cpuManagerPolicy: Static }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet: { cpuManagerPolicy: static }
  `,
  cel: `
    variables.amiFamily != 'AL2023'
    || [
      {'field': ['cgroupDriver'], 'words': ['cgroupfs', 'systemd']},
      {'field': ['cpuManagerPolicy'], 'words': ['none', 'static']},
      {'field': ['hairpinMode'], 'words': ['promiscuous-bridge', 'hairpin-veth', 'none']},
      {'field': ['memoryManagerPolicy'], 'words': ['None', 'Static']},
      {'field': ['topologyManagerPolicy'], 'words': ['none', 'best-effort', 'restricted', 'single-numa-node']},
      {'field': ['topologyManagerScope'], 'words': ['container', 'pod']}
    ].all(known, known.field.all(
      f, !(f in variables.kubelet) || type(variables.kubelet[f]) != string || variables.kubelet[f] in known.words + ['']
    ))
    && (
      !has(variables.kubelet.memorySwap)
        || type(variables.kubelet.memorySwap) != map
        || !has(variables.kubelet.memorySwap.swapBehavior)
        || type(variables.kubelet.memorySwap.swapBehavior) != string
        || variables.kubelet.memorySwap.swapBehavior in ['', 'NoSwap', 'LimitedSwap']
    )
  `,

  *check(nodeClass) {
    const { kubelet } = nodeClass;
    if (!kubelet || amiFamilyOf(nodeClass) !== 'AL2023') return;
    for (const [field, words] of known) {
      const [parent, child] = field.split('.');
      const value = child === undefined ? text(kubelet, field) : text(map(kubelet, parent ?? ''), child);
      if (!value || value.value === '' || words.includes(value.value)) continue;
      const [near] = nearestWords(value.value, words);
      yield {
        at: value.at,
        check: 'RT-KL-16',
        message: `the kubelet knows no ${field} "${value.value}" (${words.join(', ')}) and will not start`,
        assumptions: ["the values are those of the kubelet's version 1.37"],
        ...(near !== undefined && {
          fixes: [{ title: `write ${near}`, safety: 'unsafe', ops: [{ op: 'set', at: value.at, value: near }] }],
        }),
      };
    }
  },
};

/** Fields with a closed list of words; an empty text means the default. */
const known: readonly (readonly [string, readonly string[]])[] = [
  ['cgroupDriver', ['cgroupfs', 'systemd']],
  ['cpuManagerPolicy', ['none', 'static']],
  ['hairpinMode', ['promiscuous-bridge', 'hairpin-veth', 'none']],
  ['memoryManagerPolicy', ['None', 'Static']],
  ['memorySwap.swapBehavior', ['NoSwap', 'LimitedSwap']],
  ['topologyManagerPolicy', ['none', 'best-effort', 'restricted', 'single-numa-node']],
  ['topologyManagerScope', ['container', 'pod']],
];
