import { compareQuantities } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { asText, dictionary } from '../../src/model/decode.ts';

export const kubeletEvictionSoftNotCounted: Rule<'EC2NodeClass'> = {
  id: 'kubelet-eviction-soft-not-counted',
  code: 'PP820',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  since: '1.9',
  summary: 'a soft eviction threshold above the hard one, which no longer counts',
  why: 'Up to 1.8 Karpenter kept the larger of the two thresholds free of pods. Since 1.9 only evictionHard counts, so a full node stands in soft eviction at once and loses pods after the grace period.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#eviction-thresholds',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet:
        evictionHard: { memory.available: 200Mi }
        evictionSoft: { memory.available: 1Gi }
        evictionSoftGracePeriod: { memory.available: 2m }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      kubelet:
        evictionHard: { memory.available: 1Gi }
        evictionSoft: { memory.available: 1Gi }
        evictionSoftGracePeriod: { memory.available: 2m }
  `,

  *check({ kubelet }) {
    const hard = dictionary(kubelet, 'evictionHard', asText);
    for (const { key, value } of dictionary(kubelet, 'evictionSoft', asText) ?? []) {
      const byDefault = defaults.get(key.value);
      const written = byDefault && (hard?.get(key.value)?.value ?? byDefault);
      if (written === undefined || !isGreater(value.value, written)) continue;
      yield {
        at: value.at,
        message: `since 1.9 Karpenter packs nodes up to the hard threshold of ${written}, not to the soft one of ${value.value}`,
        evidence: { kind: 'figures', of: { evictionHard: written, evictionSoft: value.value } },
      };
    }
  },
};

/** The kubelet's own hard thresholds where none is written, for the signals that Karpenter reckons with. */
const defaults: ReadonlyMap<string, string> = new Map([
  ['memory.available', '100Mi'],
  ['nodefs.available', '10%'],
]);

/** Two thresholds of one form; a percentage and a quantity cannot be compared without a node. */
function isGreater(a: string, b: string): boolean {
  if (a.endsWith('%') && b.endsWith('%')) return Number(a.slice(0, -1)) > Number(b.slice(0, -1));
  const [left, right] = [parseQuantity(a), parseQuantity(b)];
  return !isQuantityFault(left) && !isQuantityFault(right) && compareQuantities(left, right) > 0;
}
