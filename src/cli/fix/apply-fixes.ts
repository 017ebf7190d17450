import type { Safety } from '../../diagnostic/diagnostic.ts';
import type { Shell } from '../shell.ts';
import type { Fixed } from './fix-rounds.ts';
import { diffOf, writeFixes } from './write-fixes.ts';

/** Which fixes the command line allows: those that keep the meaning, and what is asked for beside. */
export function allowedBy({ drifts, unsafe }: { readonly drifts?: boolean; readonly unsafe?: boolean }): ReadonlySet<Safety> {
  return new Set<Safety>(['safe', ...(drifts ? (['drifts'] as const) : []), ...(unsafe ? (['unsafe'] as const) : [])]);
}

export interface Applying {
  /** Print the change and write nothing. */
  readonly isDryRun: boolean;
  /** What is fixed, one of it: `finding`. */
  readonly noun: string;
}

/** Writes the fixed texts, or shows what would be written, and says how much it was. */
export function applyFixes(
  { texts, count }: Pick<Fixed<unknown>, 'texts' | 'count'>,
  { isDryRun, noun }: Applying,
  { stdout, stderr }: Shell,
): void {
  if (isDryRun) stdout.write(diffOf(texts));
  else writeFixes(texts);
  const fixes = `${count} ${count === 1 ? noun : `${noun}s`} in ${texts.size} ${texts.size === 1 ? 'file' : 'files'}`;
  stderr.write(count === 0 ? 'nothing to fix\n' : `${isDryRun ? 'would fix' : 'fixed'} ${fixes}\n`);
}
