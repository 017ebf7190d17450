import { rules } from '../../../rules/index.ts';
import { printConfig } from '../../config/print-config.ts';
import type { Safety } from '../../diagnostic/diagnostic.ts';
import { introduced } from '../../lint/introduced.ts';
import { formats } from '../../report/formats.ts';
import { loadConfig } from '../config/load-config.ts';
import type { Fixed } from '../fix/fix-rounds.ts';
import type { State } from '../git/change.ts';
import type { ExitCode, Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { openBaseline } from './baseline-file.ts';
import { dayOf, instantOf } from './instant.ts';
import type { LintFlags } from './lint-flags.ts';
import { oldDocuments } from './old-documents.ts';
import { type Output, outputsFrom, print } from './outputs.ts';
import type { Plan } from './plan.ts';
import { planFrom } from './plan-from.ts';
import { type Progress, progress } from './progress.ts';
import { reportOf } from './report-of.ts';
import { type Run, run } from './run.ts';
import { statesOf } from './state-of.ts';
import { unjudged } from './unjudged.ts';

/** `poolproof lint`, and `fix`. `showHelp` is for whoever types the bare name at a terminal. */
export async function lintCommand(
  operands: readonly string[],
  flags: LintFlags,
  shell: Shell,
  showHelp: () => void,
): Promise<ExitCode> {
  const inputs = operandsOf(operands, flags, shell);
  if (!inputs) {
    showHelp();
    return 0;
  }
  refuseContradictions(flags, inputs);
  const now =
    flags.now === undefined
      ? instantOf(shell.environment['POOLPROOF_NOW'] || undefined, 'POOLPROOF_NOW')
      : instantOf(flags.now, '--now');
  const asked = flags.config ?? (shell.environment['POOLPROOF_CONFIG'] || undefined);
  const config = await loadConfig(asked, shell.cwd, { rules, formats }, dayOf(now));
  const plan = planFrom(config, flags, now, shell);
  const outputs = outputsFrom(plan.settings.format === undefined ? undefined : [plan.settings.format].flat(), shell);
  const bar = progress(shell);
  if (!config.value) {
    const nothing: State = { inputs: [], unreadable: [], read: () => ({ fault: 'is not read' }) };
    const mistakes = await run(nothing, plan, { before: undefined, baseline: new Map() }, bar);
    await print(reportOf(mistakes.loaded, mistakes.judged, plan, true), outputs, shell);
    return 2;
  }
  if (flags.printConfig) {
    shell.stdout.write(printConfig(plan.settings));
    return 0;
  }
  const { before, after } = await statesOf(inputs, flags, plan, config.folder, shell);
  return before
    ? lintChange(before, after, { flags, shell, plan, outputs, bar })
    : lintState(after, { flags, shell, plan, outputs, bar });
}

interface Session {
  readonly flags: LintFlags;
  readonly shell: Shell;
  readonly plan: Plan;
  readonly outputs: readonly Output[];
  readonly bar: Progress;
}

/** What to read where nothing is named: the folder, if a change in it is asked for, else what comes through a pipe. */
function operandsOf(operands: readonly string[], flags: LintFlags, { stdinIsTerminal }: Shell): readonly string[] | undefined {
  if (operands.length > 0) return operands;
  if (flags.changed || flags.staged || flags.since !== undefined || flags.printConfig) return ['.'];
  return stdinIsTerminal ? undefined : ['-'];
}

function refuseContradictions(
  { fix, drifts, unsafe, dryRun, stdinFilename, ...flags }: LintFlags,
  inputs: readonly string[],
): void {
  if (!fix && (drifts || unsafe || dryRun)) throw new UsageError('--drifts, --unsafe and --dry-run say how to --fix');
  if (fix && !dryRun && inputs.includes('-'))
    throw new UsageError('--fix cannot write to standard input; --dry-run prints the change');
  if (fix && (flags.changed || flags.since !== undefined))
    throw new UsageError('--fix applies to all that is read; it cannot be limited to a change');
  if (flags.old !== undefined && (flags.changed || flags.staged || flags.since !== undefined))
    throw new UsageError('--old names the former state; --changed, --staged and --since take it from Git');
}

async function lintState(state: State, session: Session): Promise<ExitCode> {
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

/** Everything is judged in both states, because a change shows elsewhere too; what was there before is left out. */
async function lintChange(before: State, after: State, session: Session): Promise<ExitCode> {
  const { flags, plan, shell, bar } = session;
  const { accepted: baseline, write } = await openBaseline(plan.settings.baseline, flags, shell);
  if (write) throw new UsageError('a baseline is made of all findings; leave --changed, --staged and --since out');
  const former = await run(before, plan, { before: undefined, baseline }, bar);
  const current = await run(after, plan, { before: former.loaded.documents, baseline }, bar);
  const diagnostics = introduced(current.judged.diagnostics, former.judged.diagnostics);
  const owed = new Set(unjudged(former.loaded, former.state.inputs));
  const notChecked = current.loaded.notChecked.filter(({ file }) => !owed.has(file));
  const documents = current.loaded.documents.filter(({ source }) => !owed.has(source.file));
  return finish(
    { ...current, loaded: { ...current.loaded, documents, notChecked }, judged: { ...current.judged, diagnostics } },
    session,
  );
}

async function finish(current: Run, { flags, plan, shell, outputs }: Session): Promise<ExitCode> {
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
function verdict({ loaded, state }: Run, fails: boolean, { stderr }: Shell): ExitCode {
  const owed = unjudged(loaded, state.inputs);
  if (owed.length === 0) return fails ? 1 : 0;
  const shown = owed.length > 5 ? [...owed.slice(0, 5), `and ${owed.length - 5} more`] : owed;
  stderr.write(`poolproof: could not be judged: ${shown.join(', ')}\n`);
  return 2;
}
