// The documentation of the chart's values: the comments of values.yaml that begin with "-- ", by path.
import { isMap, parseDocument } from 'yaml';

/** Every documented value in its order: `path` (a list of keys), `text`, and its default. Throws at a value without a comment. */
export function documentedValues(source) {
  const document = parseDocument(source);
  if (document.errors.length > 0) throw document.errors[0];
  return [...valuesIn(document.contents, [])];
}

function* valuesIn(map, above) {
  for (const [index, { key, value }] of map.items.entries()) {
    const path = [...above, key.value];
    const text = said(index === 0 ? `${map.commentBefore ?? ''}\n${key.commentBefore ?? ''}` : key.commentBefore);
    if (text !== undefined) yield { path, text, default: value.toJSON() };
    else if (isMap(value) && value.items.length > 0) yield* valuesIn(value, path);
    else throw new Error(`values.yaml: ${path.join('.')} has no comment that begins with "-- "`);
  }
}

/** What follows "-- ", over several lines; headings above it are not part of it. */
function said(comment) {
  const lines = (comment ?? '').split('\n').map((line) => line.trim());
  const first = lines.findLastIndex((line) => line.startsWith('-- '));
  return first < 0 ? undefined : lines.slice(first).join(' ').slice(3).trim();
}
