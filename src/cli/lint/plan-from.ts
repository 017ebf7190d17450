import { relative, resolve, sep } from 'node:path';
import { rules } from '../../../rules/index.ts';
import type { Config } from '../../config/config.ts';
import { type Sources, settingsFrom } from '../../config/settings.ts';
import { camel } from '../config/fact-flags.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { environmentConfig, factsSaid, hint, rulesSaid } from '../config/said-config.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import type { LintFlags } from './lint-flags.ts';
import type { Plan } from './plan.ts';
import { timing, untimed } from './timing.ts';

export function planFrom(config: LoadedConfig, flags: LintFlags, now: number, shell: Shell): Plan {
  const sources: Sources = {
    flags: flagsConfig(flags),
    environment: environmentConfig(shell.environment),
    file: config.value ?? {},
  };
  const settings = settingsFrom(sources);
  const clusters = (settings.clusters ?? []).map(({ name }) => name);
  const { cluster } = flags;
  if (cluster !== undefined && config.value && !clusters.includes(cluster)) {
    const known = clusters.length > 0 ? `; it names ${clusters.join(', ')}` : '';
    throw new UsageError(`--cluster: the configuration has no cluster "${cluster}"${hint(cluster, clusters) || known}`);
  }
  return {
    sources,
    settings,
    cluster,
    rules,
    pathOf: (file) => relative(config.folder, resolve(shell.cwd, file)).split(sep).join('/'),
    configDocuments: config.documents,
    now,
    timing: flags.timing ? timing(() => performance.now()) : untimed,
  };
}

function flagsConfig(flags: LintFlags): Config {
  const { failOn, format, baseline, rule } = flags;
  return {
    ...factsSaid(
      ({ flag }) => flags[camel(flag)] as string | boolean | readonly string[] | undefined,
      ({ flag }) => `--${flag}`,
    ),
    ...(failOn && { failOn }),
    ...(format && { format }),
    ...(baseline !== undefined && { baseline }),
    ...(rule && {
      rules: rulesSaid(
        rule,
        rules.map(({ id }) => id),
      ),
    }),
  };
}
