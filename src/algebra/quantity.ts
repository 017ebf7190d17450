/** How Kubernetes will write a quantity again: the family of suffixes it was written with. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/**
 * An exact amount. A number counts thousandths (milli) and is a safe integer; what does not fit so is a bigint of billionths (nano),
 * the finest that Kubernetes keeps. An amount has only one of the two forms, so equal amounts are `===`.
 */
export type Amount = number | bigint;

/** Kubernetes' resource.Quantity. */
export interface Quantity {
  readonly amount: Amount;
  readonly format: QuantityFormat;
}

const nanoPerMilli = 1_000_000n;
const nanoPerOne = 1_000_000_000n;

export const zero: Quantity = { amount: 0, format: 'DecimalSI' };

/** A whole number of something: pods, bytes. */
export function quantityOf(whole: number | bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
  const milli = Number(whole) * 1000;
  // Most amounts are small, and numbers are quicker than bigints. A zero has no sign.
  if (Number.isInteger(whole) && Number.isSafeInteger(milli)) return { amount: milli === 0 ? 0 : milli, format };
  return { amount: fromNano(BigInt(whole) * nanoPerOne), format };
}

export function milliQuantity(thousandths: number | bigint, format: QuantityFormat = 'DecimalSI'): Quantity {
  if (Number.isSafeInteger(thousandths)) return { amount: thousandths === 0 ? 0 : (thousandths as number), format };
  return { amount: fromNano(BigInt(thousandths) * nanoPerMilli), format };
}

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return compareAmounts(a.amount, b.amount);
}

/** The sum keeps the format of the first, unless that is zero. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { amount: addAmounts(a.amount, b.amount), format: a.amount === 0 ? b.format : a.format };
}

export function subtractQuantities(a: Quantity, b: Quantity): Quantity {
  return { amount: subtractAmounts(a.amount, b.amount), format: a.amount === 0 ? b.format : a.format };
}

export function compareAmounts(a: Amount, b: Amount): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const difference = toNano(a) - toNano(b);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

export function addAmounts(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return fromNano(toNano(a) + toNano(b));
}

export function subtractAmounts(a: Amount, b: Amount): Amount {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return fromNano(toNano(a) - toNano(b));
}

export function isNegative({ amount }: Quantity): boolean {
  return amount < 0;
}

/** Rounded away from zero to whole ones, as Quantity.Value does. */
export function wholeOf({ amount }: Quantity): bigint {
  return divideAwayFromZero(toNano(amount), nanoPerOne);
}

export function toNano(amount: Amount): bigint {
  return typeof amount === 'number' ? BigInt(amount) * nanoPerMilli : amount;
}

export function fromNano(nano: bigint): Amount {
  if (nano % nanoPerMilli !== 0n) return nano;
  const milli = Number(nano / nanoPerMilli);
  return Number.isSafeInteger(milli) ? milli : nano;
}

function divideAwayFromZero(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  if (value % divisor === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}
