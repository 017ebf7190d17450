import { relative, resolve, sep } from 'node:path';
import { rules } from '../../../rules/index.ts';
import { clustersOf } from '../../config/clusters-of.ts';
import { type Settings, type Sources, settingsFrom } from '../../config/settings.ts';
import { formats } from '../../report/formats.ts';
import { paint } from '../../report/paint.ts';
import { simulationJson } from '../../report/simulation-json.ts';
import { simulationMarkdown } from '../../report/simulation-markdown.ts';
import { simulationPretty } from '../../report/simulation-pretty.ts';
import { readScenario } from '../../scheduler/scenario.ts';
import { type Simulation, type SimulationFacts, simulate, simulateScenario } from '../../scheduler/simulation.ts';
import { clusterSaid } from '../config/cluster-said.ts';
import { configMistake } from '../config/config-mistake.ts';
import { camel } from '../config/fact-flags.ts';
import { loadConfig } from '../config/load-config.ts';
import { environmentConfig, factsSaid } from '../config/said-config.ts';
import { openCatalog } from '../lint/catalog-for.ts';
import { dayOf, instantOf } from '../lint/instant.ts';
import { progress } from '../lint/progress.ts';
import { type ExitCode, hasColor, type Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { featureGatesSaid } from './feature-gates.ts';
import { readManifests } from './read-manifests.ts';

export interface SimulateFlags {
  readonly format: string;
  readonly config?: string | boolean;
  readonly now?: string;
  readonly cluster?: string;
  readonly featureGates?: string;
  readonly [fact: string]: string | boolean | readonly string[] | undefined;
}

/** `poolproof simulate`: an answer is success, pods without place or not. */
export async function simulateCommand(operands: readonly string[], flags: SimulateFlags, shell: Shell): Promise<ExitCode> {
  const inputs = operands.length > 0 ? operands : ['-'];
  if (operands.length === 0 && shell.stdinIsTerminal)
    throw new UsageError('simulate needs files, folders, or - for standard input');
  const { POOLPROOF_NOW } = shell.environment;
  const now = instantOf(flags.now ?? (POOLPROOF_NOW || undefined), flags.now === undefined ? 'POOLPROOF_NOW' : '--now');
  const gates = featureGatesSaid(flags.featureGates);
  const { settings, isOurs } = await planOf(flags, now, shell);
  const catalog = await openCatalog(settings);
  const { manifests, scenario, nodeOverlay, problems } = await readManifests(inputs, isOurs, shell);
  const bar = progress(shell, (done, of) => `placed ${done} of ${of} pods`);
  const simulation =
    scenario === undefined
      ? simulate(
          manifests,
          { ...factsOf(settings, now), nodeOverlay: gates.nodeOverlay ?? nodeOverlay ?? false, onPlaced: bar.show },
          catalog,
        )
      : simulateScenario(readScenario(scenario), settings.karpenterVersion, catalog, bar.show);
  bar.clear();
  shell.stdout.write(printed({ ...simulation, problems: [...problems, ...simulation.problems] }, flags.format, shell));
  return 0;
}

interface Plan {
  readonly settings: Settings;
  /** Whether a file belongs to the cluster that is asked about. */
  readonly isOurs: (file: string) => boolean;
}

async function planOf(flags: SimulateFlags, now: number, shell: Shell): Promise<Plan> {
  const { POOLPROOF_CONFIG } = shell.environment;
  const asked = flags.config === true ? undefined : (flags.config ?? (POOLPROOF_CONFIG || undefined));
  const { value, documents, folder } = await loadConfig(asked, shell.cwd, { rules, formats }, dayOf(now));
  if (!value) throw new UsageError(configMistake(documents));
  const sources: Sources = {
    flags: factsSaid(
      ({ flag }) => flags[camel(flag)],
      ({ flag }) => `--${flag}`,
    ),
    environment: environmentConfig(shell.environment),
    file: value,
  };
  // Pods of one cluster never run on nodes of another.
  const cluster = clusterSaid(flags.cluster, value.clusters ?? []);
  if (!cluster) return { settings: settingsFrom(sources), isOurs: () => true };
  const clustersAt = clustersOf([cluster]);
  const pathOf = (file: string): string => relative(folder, resolve(shell.cwd, file)).split(sep).join('/');
  return { settings: settingsFrom(sources, cluster), isOurs: (file) => clustersAt(pathOf(file)).length > 0 };
}

function factsOf(
  { karpenterVersion, region, zones, minValuesPolicy, preferencePolicy }: Settings,
  now: number,
): Omit<SimulationFacts, 'nodeOverlay'> {
  return { karpenterVersion, region, zones, minValuesPolicy, preferencePolicy, now };
}

function printed(simulation: Simulation, format: string, shell: Shell): string {
  if (format === 'json') return simulationJson(simulation);
  if (format === 'markdown') return simulationMarkdown(simulation);
  return simulationPretty(simulation, paint(hasColor(shell, shell.stdout)));
}
