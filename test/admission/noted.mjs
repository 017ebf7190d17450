// What the API server noted of the requests that it answered (test/lab/audit.yaml): every one, and before its client had the answer.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The requests about one object, oldest first, each with `verb` and `code`. */
export function noted({ folder }, resource, name) {
  const events = readFileSync(join(folder, 'audit.log'), 'utf8').split('\n').slice(0, -1);
  return events
    .map((line) => JSON.parse(line))
    .filter(({ objectRef }) => objectRef?.resource === resource && objectRef.name === name)
    .map(({ verb, responseStatus }) => ({ verb, code: responseStatus.code }));
}
