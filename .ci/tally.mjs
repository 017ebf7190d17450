// Prints "PASSED FAILED" for the log of one suite: the sum of vitest's closing lines, else the last "N passed, N failed".
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const text = stripVTControlCharacters(readFileSync(process.argv[2], 'utf8'));
const vitest = [...text.matchAll(/^\s*Tests\s+(.*)$/gm)].map(([, counts]) => counts);
const count = (line, word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
const plain = [...text.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1);

if (vitest.length > 0) console.log(sum('passed'), sum('failed'));
else console.log(plain?.[1] ?? 0, plain?.[2] ?? 0);

function sum(word) {
  return vitest.reduce((total, line) => total + count(line, word), 0);
}
