import type { Fixable } from '../fix/fix-rounds.ts';
import type { State } from '../git/change.ts';
import type { ExitCode } from '../shell.ts';
import { openBaseline } from './baseline-file.ts';
import { finish, verdict } from './finish.ts';
import { lookedFor } from './looked-for.ts';
import { oldDocuments } from './old-documents.ts';
import { type Run, run } from './run.ts';
import type { Session } from './session.ts';

/** Judges the inputs as they are, fixes them if asked, and writes the baseline if asked. */
export async function lintState(state: State, session: Session): Promise<ExitCode> {
  const { flags, plan, shell, bar } = session;
  const baseline = await openBaseline(plan.settings.baseline, flags, shell);
  const before = flags.old === undefined ? undefined : await oldDocuments(flags.old, shell);
  const judge = (of: State, accepted = baseline.accepted): Promise<Run> => run(of, plan, { before, baseline: accepted }, bar);
  let current = await judge(state);
  if (flags.fix) {
    const { fixRounds } = await import('../fix/fix-rounds.ts');
    const { applyFixes, allowedBy } = await import('../fix/apply-fixes.ts');
    const fixed = await fixRounds(current, fixableRun, allowedBy(flags), judge);
    applyFixes(fixed, { isDryRun: flags.dryRun === true, noun: 'finding' }, shell);
    if (flags.dryRun) return verdict(fixed.run, fixed.run.judged.failing.size > 0, shell);
    current = fixed.run;
  }
  const seen = { diagnostics: current.judged.diagnostics, isLookedFor: lookedFor(current, plan, shell.cwd) };
  if (baseline.write) current = await judge(current.state, baseline.write(seen));
  // Beside files that were picked one by one, what their findings hang on may be out of view.
  else if (!state.inputs.some(({ isNamed }) => isNamed)) baseline.tellStale(seen);
  return finish(current, session);
}

/** What is suppressed is meant to stay. */
function fixableRun({ state, loaded, judged }: Run): Fixable {
  const meant = judged.diagnostics.filter(({ suppressed }) => !suppressed);
  return { state, documents: loaded.documents, offers: meant.map(({ fixes }) => fixes) };
}
