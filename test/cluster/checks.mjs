import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, isDeepStrictEqual } from 'node:util';
import { Ajv } from 'ajv';

let passed = 0;
let failed = 0;

/** One line a check; a failed one says what was and what should be. */
export function check(what, actual, expected) {
  if (isDeepStrictEqual(actual, expected)) {
    passed++;
    console.log(`ok    ${what}`);
    return;
  }
  failed++;
  console.log(
    `FAIL  ${what}\n      is        ${inspect(actual, { depth: 6 })}\n      should be ${inspect(expected, { depth: 6 })}`,
  );
}

/** For what holds or does not. */
export function holds(what, isSo, shown = '') {
  check(isSo ? what : `${what}: ${shown}`, Boolean(isSo), true);
}

/** That a document is as the schema which the package ships says. */
export function fits(what, document, schema) {
  const file = join(import.meta.dirname, '../../schema', `${schema}.schema.json`);
  const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')));
  holds(what, validate(document), inspect(validate.errors, { depth: 4 }));
}

/** What cannot go on counts as one failure, and the next part has its turn. */
export async function part(title, run) {
  console.log(`# ${title}`);
  try {
    await run();
  } catch (error) {
    failed++;
    console.log(`FAIL  ${title} broke off: ${error?.stack ?? error}`);
  }
}

/** Ends the process: a part that broke off leaves watches behind, which would go on for ever. */
export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
