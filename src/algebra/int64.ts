/** A Go `int` of 64 bits: a number where it is a safe integer, else a bigint. The two compare with each other exactly. */
export type Int64 = number | bigint;

export const maxInt64: bigint = 2n ** 63n - 1n;
export const minInt64: bigint = -(2n ** 63n);

const maxUint64 = 2n ** 64n - 1n;
/** Decimal integers this short are exact numbers. */
const exactLength = 15;

/** Go's `strconv.Atoi`: an optional sign and decimal digits within 64 bits; leading zeros are fine. */
export function parseInt64(text: string): Int64 | undefined {
  if (text.length > exactLength) return parseLong(text);
  let at = isSign(text.charCodeAt(0)) ? 1 : 0;
  if (at === text.length) return undefined;
  let value = 0;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return text.charCodeAt(0) === 45 ? 0 - value : value;
}

/** What `strconv.Atoi` leaves in its result when the caller ignores the error: 0, or the nearest extreme. */
export function parseInt64Leniently(text: string): Int64 {
  const exact = parseInt64(text);
  if (exact !== undefined) return exact;
  const [, sign, digits = '', rest] = /^([+-]?)([0-9]*)(.*)$/s.exec(text) ?? [];
  const overflows = digits.length > exactLength && BigInt(digits) > (rest === '' ? maxInt64 : maxUint64);
  if (!overflows) return 0;
  return sign === '-' ? minInt64 : maxInt64;
}

export function toInt64(value: bigint): Int64 {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

function parseLong(text: string): Int64 | undefined {
  const [, sign, digits] = /^([+-]?)0*([0-9]+)$/.exec(text) ?? [];
  if (digits === undefined || digits.length > 19) return undefined;
  const value = sign === '-' ? -BigInt(digits) : BigInt(digits);
  return value < minInt64 || value > maxInt64 ? undefined : toInt64(value);
}

function isSign(code: number): boolean {
  return code === 43 || code === 45;
}
