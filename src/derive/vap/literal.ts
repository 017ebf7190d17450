/** A JSON value in CEL. Whole numbers are integers: CEL compares the two kinds of numbers with each other. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${quoted(key)}: ${literal(item)}`)
    .join(', ')}}`;
}

/** Single quotes read better inside YAML and JSON. */
function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
