import { rules } from '../../../rules/index.ts';
import { printConfig } from '../../config/print-config.ts';
import { formats } from '../../report/formats.ts';
import { loadConfig } from '../config/load-config.ts';
import type { State } from '../git/change.ts';
import type { ExitCode, Shell } from '../shell.ts';
import { refuseContradictions } from './contradictions.ts';
import { dayOf, instantOf } from './instant.ts';
import { lintChange } from './lint-change.ts';
import type { LintFlags } from './lint-flags.ts';
import { lintState } from './lint-state.ts';
import { outputsFrom, print } from './outputs.ts';
import { planFrom } from './plan-from.ts';
import { progress } from './progress.ts';
import { reportOf } from './report-of.ts';
import { run } from './run.ts';
import type { Session } from './session.ts';
import { statesOf } from './state-of.ts';

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
  const now = nowFrom(flags, shell);
  const asked = flags.config ?? variable(shell, 'POOLPROOF_CONFIG');
  const config = await loadConfig(asked, shell.cwd, { rules, formats }, dayOf(now));
  const plan = planFrom(config, flags, now, shell);
  const { format } = plan.settings;
  const outputs = outputsFrom(format === undefined ? undefined : [format].flat(), shell);
  const session: Session = { flags, shell, plan, outputs, bar: progress(shell) };
  if (!config.value) return reportMistakes(session);
  if (flags.printConfig) {
    shell.stdout.write(printConfig(plan.settings));
    return 0;
  }
  const { before, after } = await statesOf(inputs, flags, plan, config.folder, shell);
  return before ? lintChange(before, after, session) : lintState(after, session);
}

/** What to read where nothing is named: the folder, if a change in it is asked for, else what comes through a pipe. */
function operandsOf(operands: readonly string[], flags: LintFlags, shell: Shell): readonly string[] | undefined {
  if (operands.length > 0) return operands;
  if (flags.changed || flags.staged || flags.since !== undefined || flags.printConfig) return ['.'];
  return shell.stdinIsTerminal ? undefined : ['-'];
}

function nowFrom({ now }: LintFlags, shell: Shell): number {
  return now === undefined ? instantOf(variable(shell, 'POOLPROOF_NOW'), 'POOLPROOF_NOW') : instantOf(now, '--now');
}

/** An empty variable is not set. */
function variable({ environment }: Shell, name: string): string | undefined {
  return environment[name] || undefined;
}

/** A configuration with mistakes decides nothing: only they are reported. */
async function reportMistakes({ plan, outputs, shell, bar }: Session): Promise<ExitCode> {
  const nothing: State = { inputs: [], unreadable: [], read: () => ({ fault: 'is not read' }) };
  const { loaded, judged } = await run(nothing, plan, { before: undefined, baseline: new Map() }, bar);
  await print(reportOf(loaded, judged, plan, true), outputs, shell);
  return 2;
}
