/**
 * What a plain (unquoted) scalar means to kubectl, Flux, Argo CD and kustomize: all of them read YAML through go-yaml v2,
 * which is YAML 1.1 with exceptions. So `yes` is true and `0777` is 511, unlike YAML 1.2.
 */
export function resolvePlain(source: string): string | number | boolean | null {
  const known = words.get(source);
  if (known !== undefined) return known;
  const first = source.charCodeAt(0);
  if (first === DOT) return decimal.test(source) ? Number(source) : source;
  if (first !== PLUS && first !== MINUS && (first < ZERO || first > NINE)) return source;
  return resolveNumber(source);
}

/** The text under which a JSON object would hold a plain key: `on:` is the key "true". */
export function resolveKey(source: string): string {
  const value = resolvePlain(source);
  return typeof value === 'string' ? value : String(value);
}

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
const signedRadix = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+)$/;

function resolveNumber(source: string): string | number {
  if (timestamp.test(source)) return source;
  const digits = source.replaceAll('_', '');
  const radix = signedRadix.exec(digits);
  if (radix) return integerOf(radix[1] ?? '', radix[2] ?? '') ?? source;
  if (!decimal.test(digits)) return source;
  const value = Number(digits);
  return Number.isFinite(value) ? value : source;
}

/** Go's ParseInt with base 0; undefined where the number needs more than 64 bits. */
function integerOf(sign: string, literal: string): number | undefined {
  const body = /^0[0-7]+$/.test(literal) ? `0o${literal.slice(1)}` : literal;
  const value = BigInt(body.toLowerCase());
  if (value > (sign === '-' ? 1n << 63n : (1n << 64n) - 1n)) return undefined;
  return sign === '-' ? -Number(value) : Number(value);
}
