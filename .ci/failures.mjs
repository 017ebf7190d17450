import { stripVTControlCharacters } from 'node:util';

/** How the suites of this repository, vitest, tsc, Biome, npm and uncaught errors begin to tell of a failure. */
const begins = /^\s*(?:FAILED|FAIL|not ok)\b|^\s*[✗×✘]|^\w*Error\b|\berror TS\d+:|^npm error/;
const passes = /^\s*(?:ok\b|✓|===)/;
/** Of a failed check: what was and what should be. */
const FOLLOWING = 4;
const WIDEST = 300;

/** What the log of a suite says of its failures: each with the lines that follow it; of a suite that just broke off, its end. */
export function failuresIn(log) {
  const lines = stripVTControlCharacters(log)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const told = lines.filter((_, at) => isOfFailure(lines, at));
  return (told.length > 0 ? told : lines.slice(-15)).map((line) => `  ${line.slice(0, WIDEST)}`);
}

function isOfFailure(lines, at) {
  for (let back = 0; back <= FOLLOWING && back <= at; back++) {
    if (begins.test(lines[at - back])) return true;
    if (passes.test(lines[at - back])) return false;
  }
  return false;
}
