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
  const value = known.get(key);
  if (value !== undefined) return value;
  const made = make(key);
  known.set(key, made);
  return made;
}
