import type { Safety } from '../../diagnostic/diagnostic.ts';
import type { Fixed } from '../fix/fix-rounds.ts';
import type { State } from '../git/change.ts';
import type { ExitCode, Shell } from '../shell.ts';
import { openBaseline } from './baseline-file.ts';
import { finish, verdict } from './finish.ts';
import type { LintFlags } from './lint-flags.ts';
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
    const fixed = await fixRounds(current, allowedBy(flags), judge);
    await applyFixes(fixed, flags, shell);
    if (flags.dryRun) return verdict(fixed.run, fixed.run.judged.failing.size > 0, shell);
    current = fixed.run;
  }
  if (baseline.write) current = await judge(current.state, baseline.write(current.judged.diagnostics));
  return finish(current, session);
}

function allowedBy({ drifts, unsafe }: LintFlags): ReadonlySet<Safety> {
  return new Set<Safety>(['safe', ...(drifts ? (['drifts'] as const) : []), ...(unsafe ? (['unsafe'] as const) : [])]);
}

async function applyFixes({ texts, count }: Fixed, { dryRun }: LintFlags, { stdout, stderr }: Shell): Promise<void> {
  const { diffOf, writeFixes } = await import('../fix/write-fixes.ts');
  if (dryRun) stdout.write(diffOf(texts));
  else writeFixes(texts);
  stderr.write(`${fixedSentence(count, texts.size, dryRun === true)}\n`);
}

function fixedSentence(fixes: number, files: number, isDryRun: boolean): string {
  if (fixes === 0) return 'nothing to fix';
  const inFiles = `in ${files} ${files === 1 ? 'file' : 'files'}`;
  return isDryRun
    ? `would fix ${fixes} ${fixes === 1 ? 'finding' : 'findings'} ${inFiles}`
    : `fixed ${fixes} ${fixes === 1 ? 'finding' : 'findings'} ${inFiles}`;
}
