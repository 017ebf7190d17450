/**
 * What a plain (unquoted) scalar means to kubectl, Flux, Argo CD and kustomize: all of them read YAML through go-yaml v2,
 * which is YAML 1.1 with exceptions. So `yes` is true and `0777` is 511, unlike YAML 1.2.
 */
export function resolvePlain(source: string): string | number | boolean | null {
  if (source.length <= LONGEST_WORD) {
    const known = words.get(source);
    if (known !== undefined) return known;
  }
  const first = source.charCodeAt(0);
  if (first === DOT) return decimal.test(source) ? Number(source) : source;
  if (first !== PLUS && first !== MINUS && (first < ZERO || first > NINE)) return source;
  return resolveNumber(source);
}

/** The text under which a JSON object holds a plain key: `on:` is the key "true", and a number is spelled as Go spells it. */
export function resolveKey(source: string): string {
  const value = resolvePlain(source);
  if (typeof value !== 'number') return String(value);
  return integerIn(source)?.toString() ?? float32Text(value);
}

const LONGEST_WORD = 5;
const DOT = 46;
const PLUS = 43;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;

const words: ReadonlyMap<string, boolean | null | number> = new Map<string, boolean | null | number>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

const decimal = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const timestamp = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt \t]|$)/;
/** What fits a Go int64 must not be rounded up to what does not: nobody could tell the two apart any more. */
const mostIn63Bits = 2 ** 63 - 1024;
const integer = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;

function resolveNumber(source: string): string | number {
  if (timestamp.test(source)) return source;
  const integer = integerIn(source);
  if (integer !== undefined) return integer < 1n << 63n ? Math.min(Number(integer), mostIn63Bits) : Number(integer);
  const digits = source.replaceAll('_', '');
  const value = decimal.test(digits) ? Number(digits) : Number.NaN;
  return Number.isFinite(value) ? value : source;
}

/** Go's ParseInt and ParseUint with base 0; undefined where the text is no integer or needs more than 64 bits. */
function integerIn(source: string): bigint | undefined {
  const [, sign, literal] = integer.exec(source.replaceAll('_', '')) ?? [];
  if (literal === undefined) return undefined;
  const body = /^0[0-7]+$/.test(literal) ? `0o${literal.slice(1)}` : literal.toLowerCase();
  const magnitude = BigInt(body);
  // A sign leaves 63 bits, but for the one number more below zero.
  const most = sign === '' ? (1n << 64n) - 1n : sign === '-' ? 1n << 63n : (1n << 63n) - 1n;
  if (magnitude > most) return undefined;
  return sign === '-' ? -magnitude : magnitude;
}

/** Go's FormatFloat with format `g` and 32 bits, shortest: how the reader spells a float that is a key. */
function float32Text(number: number): string {
  const value = Math.fround(number);
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== value) digits++;
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < Math.max(digits > power ? 21 : 6, 6) && !(power >= 6 && digits <= power))
    return fixed(value, digits, power);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function fixed(value: number, digits: number, power: number): string {
  return Number(value.toPrecision(digits)).toFixed(Math.max(0, digits - 1 - power));
}
