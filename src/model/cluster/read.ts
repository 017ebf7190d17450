import { isQuantityFault, parseQuantity } from '../../algebra/quantity-text.ts';

/**
 * From a value that nobody vouches for, such as an object of a scenario or of a cluster, to a typed one without places. A field
 * of the wrong type is a problem with its path and reads as absent; unknown fields are ignored, null is absent.
 */
export type Read<T> = (value: unknown, reading: Reading) => T | undefined;

/** One pass over a value: where it is, and what it found wrong. */
export class Reading {
  readonly problems: string[] = [];
  readonly #path: (string | number)[] = [];
  #subject = '';
  readonly #shared = new Map<unknown, Map<string, unknown>>();

  /** Reads a whole object, whose problems then begin with its kind and name. */
  object<T>(kind: string, value: unknown, read: Read<T>): T | undefined {
    const name = (value as { metadata?: { name?: unknown } } | null)?.metadata?.name;
    this.#subject = typeof name === 'string' ? `${kind} ${name}: ` : `${kind}: `;
    const found = read(value, this);
    this.#subject = '';
    return found;
  }

  at<T>(key: string | number, value: unknown, read: Read<T>): T | undefined {
    this.#path.push(key);
    const found = read(value, this);
    this.#path.pop();
    return found;
  }

  once<T>(read: Read<T>, value: unknown): T | undefined {
    const known = this.#shared.get(read) ?? new Map<string, unknown>();
    this.#shared.set(read, known);
    const text = JSON.stringify(value);
    if (!known.has(text)) known.set(text, read(value, this));
    return known.get(text) as T | undefined;
  }

  refuse(expected: string): undefined {
    const path = this.#path
      .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
      .join('');
    this.problems.push(`${this.#subject}${path || 'it'} is not ${expected}`);
    return undefined;
  }
}

export type Fields<T> = { readonly [K in keyof T]-?: Read<NonNullable<T[K]>> };

export const text: Read<string> = (value, reading) => (typeof value === 'string' ? value : reading.refuse('a string'));

export const flag: Read<boolean> = (value, reading) => (typeof value === 'boolean' ? value : reading.refuse('true or false'));

export const integer: Read<number> = (value, reading) =>
  Number.isSafeInteger(value) ? (value as number) : reading.refuse('an integer');

export const amount: Read<number> = (value, reading) =>
  typeof value === 'number' && Number.isFinite(value) ? value : reading.refuse('a number');

/** A Kubernetes quantity, as written. */
export const quantity: Read<string | number> = (value, reading) => {
  const isText = typeof value === 'string' || typeof value === 'number';
  return isText && !isQuantityFault(parseQuantity(String(value).trim())) ? value : reading.refuse('a quantity');
};

export const intOrString: Read<string | number> = (value, reading) =>
  typeof value === 'string' || Number.isSafeInteger(value)
    ? (value as string | number)
    : reading.refuse('an integer or a string');

/** Equal values read as one and the same object, which then is a key to what has been worked out about it. */
export function shared<T extends object>(read: Read<T>): Read<T> {
  return (value, reading) => reading.once(read, value);
}

/** A time of RFC 3339, as milliseconds since the epoch. */
export const time: Read<number> = (value, reading) => {
  const parsed = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? reading.refuse('a time such as 2026-01-01T00:00:00Z') : parsed;
};

export function list<T>(item: Read<T>): Read<readonly T[]> {
  return (value, reading) => {
    if (!Array.isArray(value)) return reading.refuse('a list');
    const items: T[] = [];
    for (let index = 0; index < value.length; index++) {
      const found = reading.at(index, value[index], item);
      if (found !== undefined) items.push(found);
    }
    return items;
  };
}

export function record<T>(item: Read<T>): Read<Readonly<Record<string, T>>> {
  return (value, reading) => {
    if (!isMap(value)) return reading.refuse('a map');
    const entries: [string, T][] = [];
    for (const key of Object.keys(value)) {
      const found = value[key] == null ? undefined : reading.at(key, value[key], item);
      if (found !== undefined) entries.push([key, found]);
    }
    return Object.fromEntries(entries);
  };
}

export function shape<T extends object>(fields: Fields<T>): Read<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  return (value, reading) => {
    if (!isMap(value)) return reading.refuse('a map');
    const found: Partial<T> = {};
    for (const name of names) {
      const field = value[name];
      if (field == null) continue;
      const read = reading.at(name, field, fields[name]);
      if (read !== undefined) found[name] = read;
    }
    return found as T;
  };
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
