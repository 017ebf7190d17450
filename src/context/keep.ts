/** Input of every sort passes by a memory that is kept for long: it starts afresh before it grows without end. */
const MOST_KEPT = 512;

export function keep<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (map.size >= MOST_KEPT && !map.has(key)) map.clear();
  map.set(key, value);
}
