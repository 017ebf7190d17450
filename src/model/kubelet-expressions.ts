import { isQuantityFault, parseQuantity } from '../algebra/quantity-text.ts';
import type { MapNode } from '../document/node.ts';
import type { Located } from '../text/place.ts';
import { asText, dictionary, text } from './decode.ts';

/** What Karpenter takes for an expression since 1.15: text in `maxPods`, and what is no quantity in a reservation. */
export interface WrittenExpression {
  readonly field: 'maxPods' | 'kubeReserved' | 'systemReserved';
  /** `maxPods`, or `memory in kubeReserved`. */
  readonly name: string;
  readonly value: Located<string>;
}

export function kubeletExpressions(kubelet: MapNode): readonly WrittenExpression[] {
  const maxPods = text(kubelet, 'maxPods');
  const reserved = (['kubeReserved', 'systemReserved'] as const).flatMap((field) =>
    (dictionary(kubelet, field, asText)?.items ?? [])
      // A minus sign is refused as such.
      .filter(({ value }) => !value.value.startsWith('-') && isQuantityFault(parseQuantity(value.value)))
      .map(({ key, value }) => ({ field, name: `${key.value} in ${field}`, value })),
  );
  return [...(maxPods ? [{ field: 'maxPods' as const, name: 'maxPods', value: maxPods }] : []), ...reserved];
}
