import { rules } from '../../../rules/index.ts';
import type { ApiServer } from '../../../webhook/cluster/api-server.ts';
import { formats } from '../../report/formats.ts';
import { paint } from '../../report/paint.ts';
import { insistent } from '../cluster/insistent.ts';
import { type ClusterFlags, openCluster, orSaying } from '../cluster/open-cluster.ts';
import { configMistake } from '../config/config-mistake.ts';
import { loadConfig } from '../config/load-config.ts';
import { environmentConfig } from '../config/said-config.ts';
import { dayOf } from '../lint/instant.ts';
import { type ExitCode, hasColor, type Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import type { Check } from './check.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkConfiguration } from './check-configuration.ts';
import { checkFailingClosed } from './check-failing-closed.ts';
import { checkLeftovers } from './check-leftovers.ts';
import { checkServing } from './check-serving.ts';
import { checkVersions } from './check-versions.ts';
import { checkWebhook } from './check-webhook.ts';
import { looker } from './looker.ts';
import { checksJson, checksText } from './print-checks.ts';
import { selfTest } from './self-test.ts';

export interface DoctorFlags extends ClusterFlags {
  readonly webhookConfiguration: string;
  readonly selfTest: boolean;
  readonly format: 'text' | 'json';
  /** `false` for `--no-config`, `true` where commander fills in what nobody said. */
  readonly config?: string | boolean;
}

/** `poolproof doctor`: `1` if something is wrong, `2` if nothing is but not everything could be looked at. */
export async function doctorCommand(flags: DoctorFlags, shell: Shell): Promise<ExitCode> {
  const now = Date.now();
  const configured = await configuredVersion(flags, now, shell);
  const api = insistent(await openCluster(flags, shell));
  const checks = await orSaying(examine(api, flags, configured, now));
  const text = flags.format === 'json' ? checksJson(checks, version) : checksText(checks, paint(hasColor(shell, shell.stdout)));
  shell.stdout.write(text);
  if (checks.some(({ state }) => state === 'wrong')) return 1;
  return checks.some(({ state }) => state === 'unknown') ? 2 : 0;
}

async function examine(
  api: ApiServer,
  flags: DoctorFlags,
  configured: string | undefined,
  now: number,
): Promise<readonly Check[]> {
  const look = looker(api);
  const versions = await checkVersions(look, configured);
  const hooks = await checkWebhook(look, flags.webhookConfiguration);
  const isThere = hooks.entries.length > 0;
  const serving = isThere ? await checkServing(look, hooks.entries) : { checks: [], deployment: undefined };
  const failing = isThere ? [checkFailingClosed(hooks.entries, serving.deployment)] : [];
  const certificate = isThere ? await checkCertificate(look, hooks.entries, serving.deployment, now) : [];
  const { checks: configuration, mode } = await checkConfiguration(look, serving.deployment, dayOf(now));
  const leftovers = await checkLeftovers(look);
  const test = flags.selfTest && isThere ? [await selfTest(api, mode)] : [];
  return [...versions, ...hooks.checks, ...serving.checks, ...failing, ...certificate, ...configuration, ...leftovers, ...test];
}

async function configuredVersion(flags: DoctorFlags, now: number, { cwd, environment }: Shell): Promise<string | undefined> {
  const { POOLPROOF_CONFIG } = environment;
  const asked = flags.config === true || flags.config === undefined ? POOLPROOF_CONFIG || undefined : flags.config;
  const { value, documents } = await loadConfig(asked, cwd, { rules, formats }, dayOf(now));
  if (!value) throw new UsageError(configMistake(documents));
  return environmentConfig(environment).karpenterVersion ?? value.karpenterVersion;
}
