import type { ExitCode, Shell } from '../shell.ts';
import { print } from './outputs.ts';
import { reportOf } from './report-of.ts';
import type { Run } from './run.ts';
import type { Session } from './session.ts';
import { unjudged } from './unjudged.ts';

/** Prints what a run has to say. */
export async function finish(current: Run, { flags, plan, shell, outputs }: Session): Promise<ExitCode> {
  const { loaded, judged } = current;
  await print(reportOf(loaded, judged, plan, flags.showSuppressed === true), outputs, shell);
  for (const { part, milliseconds } of plan.timing.report())
    shell.stderr.write(`${milliseconds.toFixed(1).padStart(9)} ms  ${part}\n`);
  return verdict(
    current,
    judged.diagnostics.some((diagnostic) => judged.failing.has(diagnostic)),
    shell,
  );
}

/** A run that owes a verdict on something is never a pass, and says on what. */
export function verdict({ loaded, state }: Run, fails: boolean, { stderr }: Shell): ExitCode {
  const owed = unjudged(loaded, state.inputs);
  if (owed.length === 0) return fails ? 1 : 0;
  const shown = owed.length > 5 ? [...owed.slice(0, 5), `and ${owed.length - 5} more`] : owed;
  stderr.write(`poolproof: could not be judged: ${shown.join(', ')}\n`);
  return 2;
}
