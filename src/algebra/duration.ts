/** Why Go cannot read a duration; `range` is beyond 64 bits of nanoseconds, some 292 years or 2562047 hours. */
export interface DurationFault {
  readonly why: 'form' | 'unit-missing' | 'unit-unknown' | 'range';
  /** Where in the text it was noticed, in UTF-16 units from 0. */
  readonly at: number;
}

export const never = 'Never';

const unitsInNanoseconds: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['\u00b5s', 1_000n],
  ['\u03bcs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);
/** One more than a positive duration can have, and the most that a negative one can. */
const limit = 2n ** 63n;
const nanosecondsPerMillisecond = 1_000_000n;

/** Go's time.ParseDuration, in nanoseconds; `undefined` where Go refuses (`durationFault` says why). */
export function parseGoDuration(text: string): bigint | undefined {
  const result = read(text);
  return typeof result === 'bigint' ? result : undefined;
}

/** Karpenter's NillableDuration: a Go duration or exactly `Never`. */
export function parseNillableDuration(text: string): bigint | typeof never | undefined {
  return text === never ? never : parseGoDuration(text);
}

export function durationFault(text: string): DurationFault | undefined {
  const result = read(text);
  return typeof result === 'bigint' ? undefined : result;
}

/** Go's Duration.String: `720h0m0s`. */
export function formatGoDuration(nanoseconds: bigint): string {
  const sign = nanoseconds < 0n ? '-' : '';
  const rest = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  return sign + (rest < 1_000_000_000n ? formatShort(rest) : formatLong(rest));
}

/** For comparing with instants: rounded towards zero, exact up to 285 thousand years. */
export function toMilliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / nanosecondsPerMillisecond);
}

function read(text: string): bigint | DurationFault {
  return short(text) ?? long(text);
}

/** A whole number of one unit, as most are: `720h`. */
function short(text: string): bigint | undefined {
  let end = 0;
  let whole = 0;
  for (; end < SHORT && isDigit(text, end); end++) whole = whole * 10 + text.charCodeAt(end) - 48;
  const unit = end > 0 ? unitsInNanoseconds.get(text.slice(end)) : undefined;
  return unit && BigInt(whole) * unit;
}

/** So few digits are in range, whatever the unit. */
const SHORT = 6;

function long(text: string): bigint | DurationFault {
  const signed = text.startsWith('-') || text.startsWith('+');
  const start = signed ? 1 : 0;
  if (text.slice(start) === '0') return 0n;
  if (text.length === start) return { why: 'form', at: start };
  let total = 0n;
  for (let at = start; at < text.length; ) {
    const part = readPart(text, at);
    if ('why' in part) return part;
    total += part.nanoseconds;
    if (total > limit) return { why: 'range', at };
    at = part.end;
  }
  if (text.startsWith('-')) return -total;
  return total === limit ? { why: 'range', at: start } : total;
}

/** One number with its unit. */
function readPart(text: string, at: number): { nanoseconds: bigint; end: number } | DurationFault {
  const point = skipDigits(text, at);
  const hasPoint = text[point] === '.';
  const numberEnd = hasPoint ? skipDigits(text, point + 1) : point;
  if (numberEnd - at === (hasPoint ? 1 : 0)) return { why: 'form', at };
  const whole = wholeNumber(text.slice(at, point));
  if (whole === undefined) return { why: 'range', at };
  let end = numberEnd;
  while (end < text.length && text[end] !== '.' && !isDigit(text, end)) end++;
  if (end === numberEnd) return { why: 'unit-missing', at: end };
  const unit = unitsInNanoseconds.get(text.slice(numberEnd, end));
  if (unit === undefined) return { why: 'unit-unknown', at: numberEnd };
  const nanoseconds = whole * unit + fractionOf(text.slice(point + 1, numberEnd), unit);
  return nanoseconds > limit ? { why: 'range', at } : { nanoseconds, end };
}

/** Long zeros in front are fine; more digits than 64 bits hold are not worth converting. */
function wholeNumber(digits: string): bigint | undefined {
  const significant = digits.replace(/^0+/, '');
  if (significant.length > 19) return undefined;
  const value = BigInt(significant);
  return value > limit ? undefined : value;
}

/** Go takes as many digits as 64 bits hold, then multiplies in floating point: so do we, to the last bit. */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n;
  let scale = 1;
  for (const digit of digits) {
    if (value > (limit - 1n) / 10n) break;
    const next = value * 10n + BigInt(digit);
    if (next > limit) break;
    value = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)));
}

function skipDigits(text: string, at: number): number {
  let end = at;
  while (isDigit(text, end)) end++;
  return end;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function formatShort(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s';
  if (nanoseconds < 1_000n) return `${nanoseconds}ns`;
  if (nanoseconds < 1_000_000n) return `${decimal(nanoseconds, 3)}\u00b5s`;
  return `${decimal(nanoseconds, 6)}ms`;
}

function formatLong(nanoseconds: bigint): string {
  const minutes = nanoseconds / 60_000_000_000n;
  const seconds = `${decimal(nanoseconds % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return seconds;
  return minutes < 60n ? `${minutes}m${seconds}` : `${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

/** A number with so many of its digits behind the point, without zeros at the end. */
function decimal(value: bigint, places: number): string {
  const digits = String(value).padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return digits.slice(0, -places) + (fraction === '' ? '' : `.${fraction}`);
}
