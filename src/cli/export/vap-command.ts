import { rules } from '../../../rules/index.ts';
import { admissionPolicy } from '../../../webhook/admission-policy.ts';
import type { AllowSetting, Config } from '../../config/config.ts';
import { policyOf } from '../../config/policy-of.ts';
import { type Settings, settingsFrom } from '../../config/settings.ts';
import { sharedSettings, targetOf } from '../../config/target-of.ts';
import { admissionPolicies, type Exported, type Terms } from '../../derive/vap/admission-policies.ts';
import type { Obstacle } from '../../derive/vap/said.ts';
import type { Plain } from '../../diagnostic/diagnostic.ts';
import { blockText, type Habits } from '../../document/write-plain.ts';
import type { Exemption } from '../../lint/exemption.ts';
import { isExpired } from '../../lint/suppress.ts';
import { formats } from '../../report/formats.ts';
import { clusterSaid } from '../config/cluster-said.ts';
import { configMistake } from '../config/config-mistake.ts';
import { camel } from '../config/fact-flags.ts';
import { loadConfig } from '../config/load-config.ts';
import { environmentConfig, factsSaid, rulesSaid } from '../config/said-config.ts';
import { dayOf, instantOf } from '../lint/instant.ts';
import type { ExitCode, Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';

export interface VapFlags {
  readonly mode?: 'audit' | 'warn' | 'enforce';
  readonly format: 'yaml' | 'json';
  readonly failurePolicy: 'Ignore' | 'Fail';
  readonly config?: string | boolean;
  readonly cluster?: string;
  readonly rule?: readonly string[];
  readonly [fact: string]: string | boolean | readonly string[] | undefined;
}

/** `poolproof export vap`: the policies to standard output, and what they cannot say to standard error. */
export async function vapCommand(flags: VapFlags, shell: Shell): Promise<ExitCode> {
  const { POOLPROOF_NOW } = shell.environment;
  const today = dayOf(instantOf(POOLPROOF_NOW || undefined, 'POOLPROOF_NOW'));
  const settings = await settingsOf(flags, today, shell);
  const terms = termsOf(settings, flags.failurePolicy, today);
  const exported = admissionPolicies(terms);
  shell.stdout.write(printed(exported.manifests, flags.format));
  shell.stderr.write(
    remarks(exported, terms.exemptions)
      .map((line) => `poolproof: ${line}\n`)
      .join(''),
  );
  return 0;
}

async function settingsOf(flags: VapFlags, today: string, shell: Shell): Promise<Settings> {
  const { POOLPROOF_CONFIG } = shell.environment;
  const asked = flags.config === true ? undefined : (flags.config ?? (POOLPROOF_CONFIG || undefined));
  const { value, documents } = await loadConfig(asked, shell.cwd, { rules, formats }, today);
  if (!value) throw new UsageError(configMistake(documents));
  const cluster = clusterSaid(flags.cluster, value.clusters ?? []);
  const { admission } = value;
  const file: Config = flags.mode === undefined ? value : { ...value, admission: { ...admission, mode: flags.mode } };
  return settingsFrom({ flags: flagsConfig(flags), environment: environmentConfig(shell.environment), file }, cluster);
}

function flagsConfig(flags: VapFlags): Config {
  const ids = rules.map(({ id }) => id);
  return {
    ...factsSaid(
      ({ flag }) => flags[camel(flag)],
      ({ flag }) => `--${flag}`,
    ),
    ...(flags.rule && { rules: rulesSaid(flags.rule, ids) }),
  };
}

function termsOf(settings: Settings, failurePolicy: Terms['failurePolicy'], today: string): Terms {
  const { modeOf, canDeny, obeysAnnotations, karpenterUsers } = admissionPolicy(settings);
  const { overrides = [], allow = [], admission } = settings;
  const byLabel = overrides.filter(({ paths, labels }) => labels && !paths);
  const exemptions = [...(admission?.exemptions ?? []), ...allow.flatMap(exemptionsFrom)];
  return {
    rules,
    policy: policyOf(settings, { pathOf: (file) => file, baseline: new Map() }),
    target: targetOf(settings),
    settings: sharedSettings(settings),
    exemptions: exemptions.filter(({ until }) => !isExpired(until, today)),
    tunedByLabel: new Set(byLabel.flatMap((override) => Object.keys(override.rules))),
    modeOf: (rule, severity) => {
      const mode = modeOf(rule);
      return mode === 'enforce' && !canDeny(severity) ? 'warn' : mode;
    },
    failurePolicy,
    obeysAnnotations,
    karpenterUsers: [...karpenterUsers],
  };
}

/** What `allow` accepts of single objects holds in a cluster too; what it accepts of files does not. */
function exemptionsFrom({ rule, paths, objects, reason, until }: AllowSetting): readonly Exemption[] {
  if (paths) return [];
  const terms = { rules: [rule], reason, ...(until !== undefined && { until }) };
  if (!objects) return [terms];
  return objects.map((glob) => {
    const [kind = '', name = ''] = glob.split('/');
    return { ...terms, ...(kind !== '*' && { kinds: [kind] }), names: [name] };
  });
}

const habits: Habits = { json: false, step: 2, indentsLists: true, quote: 'single', padsBraces: true, eol: '\n' };

function printed(manifests: readonly Plain[], format: VapFlags['format']): string {
  if (format === 'json') return `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }, null, 2)}\n`;
  return manifests.map((manifest) => `---\n${blockText(manifest, 0, habits)}\n`).join('');
}

const obstacles: Readonly<Record<Obstacle, string>> = {
  'beyond-cel': 'cannot be said in CEL or need other objects or instance types, and stay with the webhook',
  override: 'left out, because the configuration tunes them for objects with some labels',
  exemption: 'left out, because an exemption from them has a glob that CEL cannot match',
};

function remarks({ rules: said, unsaid }: Exported, exemptions: readonly Exemption[]): readonly string[] {
  const left = [...unsaid].map(([why, ids]) => `${counted(ids)} ${obstacles[why]}: ${ids.join(', ')}`);
  const ending = exemptions.flatMap(({ until }) => until ?? []).sort();
  const expiry = ending.length > 0 ? [`exemptions do not end by themselves in a policy: export again after ${ending[0]}`] : [];
  return [`${counted(said)} said in CEL`, ...left, ...expiry];
}

function counted({ length }: readonly string[]): string {
  return `${length} ${length === 1 ? 'rule' : 'rules'}`;
}
