import { fromNano, type Quantity, type QuantityFormat, toNano } from './quantity.ts';

/** Why a text is no quantity. `exponent` is ours: Kubernetes takes the text, but computing with such a number would take for ever. */
export interface QuantityFault {
  readonly why: 'form' | 'number' | 'suffix' | 'exponent';
}

interface Scale {
  /** Power of ten. */
  readonly decimal: number;
  /** Power of two. */
  readonly binary: number;
  readonly format: QuantityFormat;
}

const decimalDigits = '0123456789';
const suffixLetters = 'eEinumkKMGTP';
/** Digits before the point that we are ready to compute with. */
const maxDigits = 1_000_000;
const nano = 9;
const nanoPerOne = 10n ** 9n;
const maxBinary = (2n ** 63n - 1n) * nanoPerOne;

const decimalSuffixes: ReadonlyMap<string, number> = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const decimalSuffixOf: ReadonlyMap<number, string> = new Map([...decimalSuffixes].map(([suffix, power]) => [power, suffix]));
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * resource.ParseQuantity. What is finer than a billionth is rounded away from zero; binary amounts are cut to 2^63-1.
 * Kubernetes trims white space from a JSON string before it comes here.
 */
export function parseQuantity(text: string): Quantity | QuantityFault {
  return short(text) ?? long(text);
}

/** A whole number without sign and a plain suffix, as nearly all are, whose thousandths are a safe integer. */
function short(text: string): Quantity | undefined {
  let end = 0;
  let whole = 0;
  for (; end < text.length && end < SHORT; end++) {
    const digit = text.charCodeAt(end) - 48;
    if (digit < 0 || digit > 9) break;
    whole = whole * 10 + digit;
  }
  const unit = end > 0 ? units.get(text.slice(end)) : undefined;
  const amount = unit ? whole * unit.milli : Number.NaN;
  return unit && Number.isSafeInteger(amount) ? { amount, format: unit.format } : undefined;
}

/** Digits of a number that is exact, and stays so until it is multiplied. */
const SHORT = 15;

interface Unit {
  readonly milli: number;
  readonly format: QuantityFormat;
}

const units: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ...[...decimalSuffixes].flatMap(([suffix, power]): readonly (readonly [string, Unit])[] =>
    power < -3 ? [] : [[suffix, { milli: 10 ** (power + 3), format: 'DecimalSI' }]],
  ),
  ...binarySuffixes
    .slice(1)
    .map((suffix, at): readonly [string, Unit] => [suffix, { milli: 1000 * 1024 ** (at + 1), format: 'BinarySI' }]),
]);

function long(text: string): Quantity | QuantityFault {
  const parts = split(text);
  if (parts === undefined) return { why: 'form' };
  const { sign, whole, fraction, suffix } = parts;
  const scale = scaleOf(suffix);
  if (scale === undefined) return { why: 'suffix' };
  if (whole === '' && fraction === '' && needsDigits(scale)) return { why: 'number' };
  const digits = (whole + fraction).replace(/^0+/, '');
  // Go counts the power of ten in 32 bits.
  const power = (scale.decimal - fraction.length) | 0;
  if (digits !== '' && digits.length + power > maxDigits) return { why: 'exponent' };
  const magnitude = digits === '' ? 0n : inNano(digits, power, scale.binary);
  const capped = scale.format === 'BinarySI' && magnitude > maxBinary ? maxBinary : magnitude;
  const isFraction = capped > 0n && capped < nanoPerOne;
  return {
    amount: fromNano(sign === '-' ? -capped : capped),
    format: scale.format === 'BinarySI' && isFraction ? 'DecimalSI' : scale.format,
  };
}

export function isQuantityFault(result: Quantity | QuantityFault): result is QuantityFault {
  return 'why' in result;
}

/**
 * Quantity.CanonicalizeBytes: the shortest whole number with the greatest suffix that loses nothing. As upstream, a decimal amount
 * too great for `E` comes out without any suffix, which is wrong by powers of ten.
 */
export function formatQuantity({ amount, format }: Quantity): string {
  if (amount === 0) return '0';
  const value = toNano(amount);
  const isBinary = format === 'BinarySI' && value % nanoPerOne === 0n && magnitudeOf(value) >= 1024n * nanoPerOne;
  return isBinary ? formatBinary(value / nanoPerOne) : formatDecimal(value, format);
}

/** Everything that Kubernetes lets pass to a closer look; each part may be empty. One pass: a pattern would look back and forth. */
function split(text: string): { sign: string; whole: string; fraction: string; suffix: string } | undefined {
  const afterSign = text.startsWith('+') || text.startsWith('-') ? 1 : 0;
  const point = skip(text, afterSign, decimalDigits);
  const start = text[point] === '.' ? point + 1 : point;
  const end = start > point ? skip(text, start, decimalDigits) : point;
  const letters = skip(text, end, suffixLetters);
  const exponent = text[letters] === '+' || text[letters] === '-' ? letters + 1 : letters;
  if (text === '' || skip(text, exponent, decimalDigits) < text.length) return undefined;
  const whole = text.slice(afterSign, point);
  return { sign: text.slice(0, afterSign), whole, fraction: text.slice(start, end), suffix: text.slice(end) };
}

/** The first index from `at` on whose character is not one of those. */
function skip(text: string, at: number, characters: string): number {
  let end = at;
  while (end < text.length && characters.includes(text[end] as string)) end++;
  return end;
}

function scaleOf(suffix: string): Scale | undefined {
  const decimal = decimalSuffixes.get(suffix);
  if (decimal !== undefined) return { decimal, binary: 0, format: 'DecimalSI' };
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { decimal: 0, binary: binary * 10, format: 'BinarySI' };
  const [, exponent] = /^[eE]([+-]?[0-9]+)$/.exec(suffix) ?? [];
  if (exponent === undefined) return undefined;
  const power = BigInt(exponent);
  if (BigInt.asIntN(64, power) !== power) return undefined;
  return { decimal: Number(BigInt.asIntN(32, power)), binary: 0, format: 'DecimalExponent' };
}

/** Go's quick way reads a missing number as 0; its long way, taken for the extreme suffixes, refuses it. */
function needsDigits({ decimal, binary }: Scale): boolean {
  return binary >= 50 || decimal < -nano;
}

function inNano(digits: string, power: number, binary: number): bigint {
  const factor = 2n ** BigInt(binary);
  const shift = power + nano;
  if (shift >= 0) return BigInt(digits) * factor * 10n ** BigInt(shift);
  // Far below a billionth: what matters is only that it is not zero.
  if (digits.length + binary < -shift) return 1n;
  const divisor = 10n ** BigInt(-shift);
  const scaled = BigInt(digits) * factor;
  return scaled / divisor + (scaled % divisor === 0n ? 0n : 1n);
}

function formatDecimal(value: bigint, format: QuantityFormat): string {
  const digits = String(magnitudeOf(value));
  const significant = withoutTrailingZeros(digits);
  const exponent = digits.length - significant.length - nano;
  const padding = ((exponent % 3) + 3) % 3;
  const power = exponent - padding;
  const number = `${value < 0n ? '-' : ''}${significant}${'0'.repeat(padding)}`;
  if (format === 'DecimalExponent') return power === 0 ? number : `${number}e${power}`;
  return number + (decimalSuffixOf.get(power) ?? '');
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

/** Beyond `Ei` upstream has no suffix either and leaves it out. */
function formatBinary(value: bigint): string {
  let number = value;
  let power = 0;
  for (; number % 1024n === 0n; number /= 1024n) power++;
  return `${number}${binarySuffixes[power] ?? ''}`;
}

function magnitudeOf(value: bigint): bigint {
  return value < 0n ? -value : value;
}
