// What docs/webhook.md promises names the test that shows it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from './checks.mjs';
import { root } from './render.mjs';

export function checkPromises() {
  const text = readFileSync(join(root, 'docs/webhook.md'), 'utf8');
  const rows = [...text.matchAll(/^\| ([^|]+) \| `((?:charts|test|bench)\/[^`]+)`: ([^|]+) \|$/gm)];
  check('docs: promises are there', rows.length >= 10);
  for (const [, promise, file, name] of rows) check(`docs: shown by a test: ${promise}`, holds(file, name), `${file}: ${name}`);
  check('docs: a test that there is not would be seen', !holds('test/charts/live.mjs', 'no such promise'));
}

function holds(file, name) {
  const path = join(root, file);
  return existsSync(path) && readFileSync(path, 'utf8').includes(name);
}
