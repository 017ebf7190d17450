export type Value = Readonly<Record<string, unknown>>;

/** What stands at a path in a value that came over the wire; undefined where the path leaves it. */
export function dig(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const key of path) {
    if (!isValue(found) || !Object.hasOwn(found, key)) return undefined;
    found = found[key];
  }
  return found;
}

/** The same where only a text is of use. */
export function digText(value: unknown, ...path: readonly string[]): string | undefined {
  const found = dig(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The same where only a list is; an empty one stands for none. */
export function digList(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = dig(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function isValue(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
