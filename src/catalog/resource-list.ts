import { addQuantities, type Quantity, quantityOf, subtractQuantities, zero } from '../algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../algebra/quantity-text.ts';

/** Amounts by resource name. */
export type ResourceList = ReadonlyMap<string, Quantity>;

const bytesPerMebibyte = 1024 * 1024;

export function mebibytes(count: number): Quantity {
  return quantityOf(count * bytesPerMebibyte, 'BinarySI');
}

/** Quantities as a manifest has them; a text that is none is left out. */
export function readQuantities(texts: Readonly<Record<string, string>> = {}): ResourceList {
  return new Map(
    Object.entries(texts).flatMap(([name, text]) => {
      const quantity = readQuantity(text);
      return quantity ? [[name, quantity] as const] : [];
    }),
  );
}

export function readQuantity(text: string | undefined): Quantity | undefined {
  const quantity = text === undefined ? undefined : parseQuantity(text);
  return quantity && !isQuantityFault(quantity) ? quantity : undefined;
}

/** The sum of lists, over the resources that any of them names. */
export function total(...lists: readonly ResourceList[]): ResourceList {
  const sum = new Map<string, Quantity>();
  for (const list of lists) for (const [name, quantity] of list) sum.set(name, addQuantities(sum.get(name) ?? zero, quantity));
  return sum;
}

/** What is left of each resource of the first list; it may be negative. Resources that only the second names are left out. */
export function subtract(from: ResourceList, taken: ResourceList): ResourceList {
  return new Map([...from].map(([name, quantity]) => [name, subtractQuantities(quantity, taken.get(name) ?? zero)]));
}
