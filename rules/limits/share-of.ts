import { toNano } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';

/** How much of one quantity another is; undefined where either cannot be read or the whole is nothing. */
export function shareOf(part: string | number, whole: string | number): number | undefined {
  const [a, b] = [parseQuantity(String(part)), parseQuantity(String(whole))];
  if (isQuantityFault(a) || isQuantityFault(b)) return undefined;
  const divisor = Number(toNano(b.amount));
  return divisor > 0 ? Number(toNano(a.amount)) / divisor : undefined;
}
