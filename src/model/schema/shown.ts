/**
 * A value for a message, whatever it is: conditions on keys and on former states see values that no schema has vouched for, and
 * an object may hold a `toString` that is none.
 */
export function shown(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
