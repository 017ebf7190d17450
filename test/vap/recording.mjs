// What the server said, small enough to keep: one object for each set of rules, as it would have stored them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const each = 1;

/** `verdicts` of several configurations; of the objects only the first `count`, which are no crossings. */
export function record(verdicts, count, golden) {
  const entries = verdicts.flatMap(({ minor, name, of }) =>
    few(of.filter(({ at }) => at < count)).map(({ object, rules }) => ({ minor, config: name, object: bare(object), rules })),
  );
  const lines = entries.map((entry) => JSON.stringify(entry)).join(',\n');
  writeFileSync(join(import.meta.dirname, 'recorded.json'), `[\n${lines}\n]\n`);
  writeFileSync(join(import.meta.dirname, 'golden.yaml'), golden);
  console.log(`recorded ${entries.length} verdicts`);
}

function few(verdicts) {
  const counts = new Map();
  return verdicts.filter(({ object, rules }) => {
    const key = `${object.kind} ${rules}`;
    const known = counts.get(key) ?? 0;
    counts.set(key, known + 1);
    return known < each;
  });
}

/** Without what differs from one request to the next. */
function bare({ apiVersion, kind, metadata: { name, labels, annotations }, spec }) {
  return { apiVersion, kind, metadata: { name, ...(labels && { labels }), ...(annotations && { annotations }) }, spec };
}
