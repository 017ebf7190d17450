/** Things by a key, each group and the groups in the order of the things. What has no key is in none. */
export function grouped<K, T>(all: Iterable<T>, keyOf: (each: T) => K | undefined): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return groups;
}
