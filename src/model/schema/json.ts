import type { Path } from '../../text/place.ts';
import type { Json } from './structure.ts';

export type JsonMap = { readonly [key: string]: Json };

export function isMap(value: Json | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Sets a key whatever its name: assigning to `__proto__` would not. */
export function put(map: { [key: string]: Json }, key: string, value: Json): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

export function own<T>(map: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The value at a path; undefined where the path leaves it. */
export function valueAt(root: Json, path: Path): Json | undefined {
  let at: Json | undefined = root;
  for (const part of path) {
    if (typeof part === 'number') at = isList(at) ? at[part] : undefined;
    else at = isMap(at) ? own(at, part) : undefined;
  }
  return at;
}

/** JSON's name for the type of a value. */
export function typeName(value: Json | undefined): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && Number.isInteger(value) ? 'integer' : typeof value;
}

/** What the API server takes for an integer: whole, or so close above a whole number that it blames the rounding. */
export function isInteger(value: Json | undefined): boolean {
  if (typeof value !== 'number') return false;
  const whole = Math.trunc(value);
  return value === whole || (whole > 0 && value <= Number.MAX_SAFE_INTEGER && (value - whole) / (value + whole) < 1e-9);
}

/** Same JSON value. Without recursion: what an open map holds may be nested without end. */
export function equal(a: Json | undefined, b: Json | undefined): boolean {
  const pairs: [Json | undefined, Json | undefined][] = [[a, b]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [left, right] = pair;
    if (left === right) continue;
    if (isList(left) && isList(right)) {
      if (left.length !== right.length) return false;
      for (const [index, item] of left.entries()) pairs.push([item, right[index]]);
    } else if (isMap(left) && isMap(right)) {
      const keys = Object.keys(left);
      if (keys.length !== Object.keys(right).length || keys.some((key) => !Object.hasOwn(right, key))) return false;
      for (const key of keys) pairs.push([left[key], right[key]]);
    } else return false;
  }
  return true;
}
