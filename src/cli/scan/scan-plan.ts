import { rules } from '../../../rules/index.ts';
import type { Config } from '../../config/config.ts';
import { settingsFrom } from '../../config/settings.ts';
import { formats } from '../../report/formats.ts';
import { configMistake } from '../config/config-mistake.ts';
import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import { dayOf, instantOf } from '../lint/instant.ts';
import type { Plan } from '../lint/plan.ts';
import { planFrom } from '../lint/plan-from.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import type { ScanFlags } from './scan-flags.ts';

/** The configuration of a scan, and the instant as of which it judges. */
export interface ScanConfig {
  readonly config: LoadedConfig;
  readonly now: number;
}

export async function scanConfig(flags: ScanFlags, { cwd, environment }: Shell): Promise<ScanConfig> {
  const { POOLPROOF_CONFIG, POOLPROOF_NOW } = environment;
  const now = instantOf(flags.now ?? (POOLPROOF_NOW || undefined), flags.now === undefined ? 'POOLPROOF_NOW' : '--now');
  const config = await loadConfig(flags.config ?? (POOLPROOF_CONFIG || undefined), cwd, { rules, formats }, dayOf(now));
  if (!config.value) throw new UsageError(configMistake(config.documents));
  return { config, now };
}

/**
 * How to judge the cluster of a kubeconfig's context. Of several clusters in the configuration it is the one that `--cluster` names,
 * else the one that is called as the context is. What the cluster tells of itself holds where nobody says otherwise.
 */
export function scanPlan(
  { config, now }: ScanConfig,
  said: Config,
  flags: ScanFlags,
  context: string | undefined,
  shell: Shell,
): Plan {
  const plan = planFrom({ ...config, value: { ...said, ...config.value } }, flags, now, shell);
  const clusters = plan.settings.clusters ?? [];
  const cluster = clusters.find(({ name }) => name === (plan.cluster ?? context));
  if (clusters.length > 0 && !cluster) {
    const names = clusters.map(({ name }) => name).join(', ');
    throw new UsageError(`the configuration has several clusters: --cluster says which of them this is (${names})`);
  }
  // One cluster is read, and nothing of it has a path: the globs that tell clusters apart are no use.
  const { clusters: _, ...settings } = settingsFrom(plan.sources, cluster);
  return { ...plan, settings, cluster: undefined, pathOf: (file) => file };
}
