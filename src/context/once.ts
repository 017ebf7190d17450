/** Worked out at the first call. */
export function once<T>(make: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: make() };
    return known.value;
  };
}

/** Worked out at the first call for a key, and kept as long as the key is. */
export function onceFor<K extends object, V extends NonNullable<unknown>>(known: WeakMap<K, V>, key: K, make: (key: K) => V): V {
  const value = known.get(key) ?? make(key);
  known.set(key, value);
  return value;
}
