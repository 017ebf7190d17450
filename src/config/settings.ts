import { karpenterMinors } from '../algebra/version.ts';
import type { Severity } from '../diagnostic/diagnostic.ts';
import type { RuleSetting } from '../lint/policy.ts';
import type { Profile } from '../lint/world.ts';
import type { Cluster, Config, RuleSettings } from './config.ts';

/** Where settings come from. A stronger source hides a weaker one key by key; lists are not joined. */
export interface Sources {
  readonly flags: Config;
  readonly environment: Config;
  readonly file: Config;
}

/** A configuration with nothing left open that has a default. */
export interface Settings extends Config {
  readonly karpenterVersion: string;
  readonly profile: Profile;
  readonly closedWorld: boolean;
  readonly externalClasses: readonly string[];
  readonly minValuesPolicy: 'Strict' | 'BestEffort';
  readonly preferencePolicy: 'Respect' | 'Ignore';
  readonly failOn: Severity | 'never';
  readonly rules: RuleSettings;
  /** Rule settings of flags and environment: they outrank the file's overrides too. */
  readonly commandRules: RuleSettings;
}

const defaults = {
  karpenterVersion: karpenterMinors.at(-1) ?? '1.0',
  profile: 'recommended',
  closedWorld: false,
  externalClasses: [],
  minValuesPolicy: 'Strict',
  preferencePolicy: 'Respect',
  failOn: 'error',
} as const satisfies Config;

/** Flags before environment before file before defaults; what the file says of a cluster comes between environment and file. */
export function settingsFrom({ flags, environment, file }: Sources, cluster?: Cluster): Settings {
  const { name: _name, paths: _paths, ...ofCluster } = cluster ?? { name: '', paths: [] };
  return {
    ...defaults,
    ...mergeSettings([flags, environment, ofCluster, file]),
    rules: mergeRules([ofCluster.rules, file.rules]),
    commandRules: mergeRules([flags.rules, environment.rules]),
  };
}

/** Layers of settings, the strongest first. Rule settings are merged rule by rule, all else key by key. */
export function mergeSettings(layers: readonly Config[]): Config {
  const merged = Object.assign({}, ...layers.map(withoutUndefined).reverse()) as Config;
  const rules = mergeRules(layers.map((layer) => layer.rules));
  return Object.keys(rules).length > 0 ? { ...merged, rules } : merged;
}

/** By rule, the strongest level and, parameter by parameter, the strongest value. */
export function mergeRules(layers: readonly (RuleSettings | undefined)[]): RuleSettings {
  const merged = new Map<string, RuleSetting>();
  for (const layer of layers) {
    for (const [id, weaker] of Object.entries(layer ?? {})) merged.set(id, over(merged.get(id) ?? {}, weaker));
  }
  return Object.fromEntries([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function over(stronger: RuleSetting, weaker: RuleSetting): RuleSetting {
  const level = stronger.level ?? weaker.level;
  const parameters = { ...weaker.parameters, ...stronger.parameters };
  return { ...(level !== undefined && { level }), ...(Object.keys(parameters).length > 0 && { parameters }) };
}

function withoutUndefined(config: Config): Config {
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}
