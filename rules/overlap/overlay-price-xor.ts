import type { Rule } from '../../src/lint/rule.ts';
import { conditionFindings } from '../schema/condition-finding.ts';

export const overlayPriceXor: Rule<'Refused'> = {
  id: 'overlay-price-xor',
  code: 'PP1412',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  summary: 'a NodeOverlay that contradicts itself or changes what EC2 decides',
  why: 'An overlay sets a price or adjusts one, never both, though the documentation shows both in one example. It adds resources, but cpu, memory, ephemeral-storage and pods are what EC2 says. The API refuses the rest.',
  docs: 'https://karpenter.sh/docs/concepts/nodeoverlays/',
  bad: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: discount }
    spec:
      requirements: []
      price: "0.25"
      priceAdjustment: "-10%"
  `,
  good: `
    apiVersion: karpenter.sh/v1alpha1
    kind: NodeOverlay
    metadata: { name: discount }
    spec:
      requirements: []
      priceAdjustment: "-10%"
  `,

  check: (judged) => conditionFindings(judged, 'overlay-price-xor'),
};
