import { rules } from '../../../rules/index.ts';
import type { Sources } from '../../config/settings.ts';
import { type Settings, settingsFrom } from '../../config/settings.ts';
import { formats } from '../../report/formats.ts';
import { paint } from '../../report/paint.ts';
import { simulationJson } from '../../report/simulation-json.ts';
import { simulationMarkdown } from '../../report/simulation-markdown.ts';
import { simulationPretty } from '../../report/simulation-pretty.ts';
import { readScenario } from '../../scheduler/scenario.ts';
import { type Simulation, simulate, simulateScenario } from '../../scheduler/simulation.ts';
import { camel } from '../config/fact-flags.ts';
import { loadConfig } from '../config/load-config.ts';
import { environmentConfig, factsSaid } from '../config/said-config.ts';
import { openCatalog } from '../lint/catalog-for.ts';
import { dayOf, instantOf } from '../lint/instant.ts';
import { type ExitCode, hasColor, type Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { readManifests } from './read-manifests.ts';

export interface SimulateFlags {
  readonly format: string;
  readonly config?: string | boolean;
  readonly now?: string;
  readonly [fact: string]: string | boolean | readonly string[] | undefined;
}

/** `poolproof simulate`: an answer is success, pods without place or not. */
export async function simulateCommand(operands: readonly string[], flags: SimulateFlags, shell: Shell): Promise<ExitCode> {
  const inputs = operands.length > 0 ? operands : ['-'];
  if (operands.length === 0 && shell.stdinIsTerminal)
    throw new UsageError('simulate needs files, folders, or - for standard input');
  const { POOLPROOF_NOW } = shell.environment;
  const now = instantOf(flags.now ?? (POOLPROOF_NOW || undefined), flags.now === undefined ? 'POOLPROOF_NOW' : '--now');
  const settings = await settingsOf(flags, now, shell);
  const catalog = await openCatalog(settings);
  const { manifests, scenario } = await readManifests(inputs, shell);
  const simulation =
    scenario === undefined
      ? simulate(manifests, factsOf(settings, now), catalog)
      : simulateScenario(readScenario(scenario), settings.karpenterVersion, catalog);
  shell.stdout.write(printed(simulation, flags.format, shell));
  return 0;
}

async function settingsOf(flags: SimulateFlags, now: number, shell: Shell): Promise<Settings> {
  const { POOLPROOF_CONFIG } = shell.environment;
  const asked = flags.config === true ? undefined : (flags.config ?? (POOLPROOF_CONFIG || undefined));
  const { value, documents } = await loadConfig(asked, shell.cwd, { rules, formats }, dayOf(now));
  const [problem] = documents.flatMap(({ problems }) => problems);
  if (!value) throw new UsageError(`the configuration is not valid: ${problem?.message ?? 'poolproof lint says where'}`);
  const sources: Sources = {
    flags: factsSaid(
      ({ flag }) => flags[camel(flag)],
      ({ flag }) => `--${flag}`,
    ),
    environment: environmentConfig(shell.environment),
    file: value,
  };
  return settingsFrom(sources);
}

function factsOf(
  { karpenterVersion, region, zones, minValuesPolicy, preferencePolicy }: Settings,
  now: number,
): Parameters<typeof simulate>[1] {
  return { karpenterVersion, region, zones, minValuesPolicy, preferencePolicy, now };
}

function printed(simulation: Simulation, format: string, shell: Shell): string {
  if (format === 'json') return simulationJson(simulation);
  if (format === 'markdown') return simulationMarkdown(simulation);
  return simulationPretty(simulation, paint(hasColor(shell, shell.stdout)));
}
