import { stripVTControlCharacters } from 'node:util';

/**
 * What a suite counted: the sum of vitest's closing lines, else its last "N passed, N failed". One that counted nothing counts as one,
 * and one that ended badly has at least one failure.
 */
export function tally(log, endedWell) {
  const text = stripVTControlCharacters(log);
  const vitest = [...text.matchAll(/^\s*Tests\s+(.*)$/gm)].map(([, counts]) => counts);
  const count = (line, word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  const sum = (word) => vitest.reduce((total, line) => total + count(line, word), 0);
  const plain = [...text.matchAll(/^(\d+) passed, (\d+) failed/gm)].at(-1) ?? [];
  const [ok, bad] = vitest.length > 0 ? [sum('passed'), sum('failed')] : [Number(plain[1] ?? 0), Number(plain[2] ?? 0)];
  if (endedWell) return { ok: ok + bad === 0 ? 1 : ok, bad };
  return { ok, bad: Math.max(bad, 1) };
}
