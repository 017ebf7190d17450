import { UsageError } from '../usage-error.ts';
import type { LintFlags } from './lint-flags.ts';

/** Flags that make no sense together, beyond those that commander knows. */
export function refuseContradictions(
  { fix, drifts, unsafe, dryRun, stdinFilename, ...flags }: LintFlags,
  inputs: readonly string[],
): void {
  if (!fix && (drifts || unsafe || dryRun)) throw new UsageError('--drifts, --unsafe and --dry-run say how to --fix');
  if (fix && !dryRun && inputs.includes('-'))
    throw new UsageError('--fix cannot write to standard input; --dry-run prints the change');
  if (fix && (flags.changed || flags.since !== undefined))
    throw new UsageError('--fix applies to all that is read; it cannot be limited to a change');
  if (flags.baselinePrune && flags.cluster !== undefined)
    throw new UsageError('--baseline-prune forgets what is not found; it cannot be limited to one --cluster');
  if (flags.old !== undefined && (flags.changed || flags.staged || flags.since !== undefined))
    throw new UsageError('--old names the former state; --changed, --staged and --since take it from Git');
}
