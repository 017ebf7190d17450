import { rules } from '../../../rules/index.ts';
import { clustersOf } from '../../config/clusters-of.ts';
import type { Cluster } from '../../config/config.ts';
import { type Settings, settingsFrom } from '../../config/settings.ts';
import { formats } from '../../report/formats.ts';
import { loadConfig } from '../config/load-config.ts';
import { dayOf, instantOf } from '../lint/instant.ts';
import { STDIN } from '../lint/judge-documents.ts';
import type { Plan } from '../lint/plan.ts';
import { planFrom } from '../lint/plan-from.ts';
import { sentence } from '../problem-sentence.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import type { ProveFlags } from './prove-flags.ts';

/** All that is decided before the first input is read. */
export interface ProvePlan {
  readonly plan: Plan;
  /** Of the cluster that is asked about. */
  readonly settings: Settings;
  /** What globs of the configuration are relative to. */
  readonly folder: string;
  /** Whether a file belongs to that cluster. */
  readonly isOurs: (file: string) => boolean;
}

export async function provePlan(flags: ProveFlags, shell: Shell): Promise<ProvePlan> {
  const { POOLPROOF_CONFIG, POOLPROOF_NOW } = shell.environment;
  const now = instantOf(flags.now ?? (POOLPROOF_NOW || undefined), flags.now === undefined ? 'POOLPROOF_NOW' : '--now');
  const asked = flags.config ?? (POOLPROOF_CONFIG || undefined);
  const config = await loadConfig(asked, shell.cwd, { rules, formats }, dayOf(now));
  for (const { source, problems } of config.value ? [] : config.documents)
    for (const problem of problems) throw new UsageError(`the configuration is not valid: ${sentence(source, problem)}`);
  const plan = planFrom(config, flags, now, shell);
  const { folder } = config;
  const cluster = clusterOf(plan);
  if (!cluster) return { plan, folder, settings: plan.settings, isOurs: () => true };
  const clustersAt = clustersOf([cluster]);
  const isOurs = (file: string): boolean => file === (flags.stdinFilename ?? STDIN) || clustersAt(plan.pathOf(file)).length > 0;
  return { plan, folder, settings: settingsFrom(plan.sources, cluster), isOurs };
}

/** Pods of one cluster never run on nodes of another, so that one of several must be named. */
function clusterOf({ settings, cluster }: Plan): Cluster | undefined {
  const clusters = settings.clusters ?? [];
  if (clusters.length === 0 || cluster !== undefined) return clusters.find(({ name }) => name === cluster);
  const names = clusters.map(({ name }) => name).join(', ');
  throw new UsageError(`the configuration has several clusters: name one with --cluster (${names})`);
}
