// Prints what the log of a suite says of its failures, at most so many lines: failed checks with what follows each; where the log has
// none, as of a suite that broke off, its end.
//   node .ci/failures.mjs LOG LINES
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const [log, most] = process.argv.slice(2);
/** How the suites of this repository, vitest, tsc and uncaught errors begin to tell of a failure. */
const begins = /^\s*(?:FAILED|FAIL|not ok)\b|^\s*[✗×✘]|^\w*Error\b|\berror TS\d+:|^npm error|^[a-z-]+: (?:cannot|error)/;
/** Of a failed check: what was and what should be. */
const FOLLOWING = 4;
const WIDEST = 300;

const lines = stripVTControlCharacters(readFileSync(log, 'utf8'))
  .split('\n')
  .filter((line) => line.trim() !== '');
const told = lines.filter((_, at) => begun(at) !== undefined);
const shown = told.length > 0 ? told : lines.slice(-15);
for (const line of shown.slice(0, Number(most))) console.log(`  ${line.slice(0, WIDEST)}`);
if (shown.length > Number(most)) console.log(`  … and ${shown.length - Number(most)} more lines`);

/** Which failure a line belongs to, if to any: it begins it, or is one of the few lines after that. Checks that passed are of none. */
function begun(at) {
  for (let back = 0; back <= FOLLOWING && back <= at; back++) {
    if (begins.test(lines[at - back])) return at - back;
    if (/^\s*(?:ok\b|✓|===)/.test(lines[at - back])) return undefined;
  }
  return undefined;
}
