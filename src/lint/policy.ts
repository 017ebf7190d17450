import type { Severity } from '../diagnostic/diagnostic.ts';
import type { ObjectIdentity } from '../text/place.ts';
import type { Level, Rule } from './rule.ts';
import type { Profile } from './world.ts';

/** What configuration and command line say of one rule. */
export interface RuleSetting {
  readonly level?: Level;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Settings that hold for some files or objects only; of several that match the later one wins. */
export interface Override {
  matches(subject: Scope): boolean;
  readonly rules: ReadonlyMap<string, RuleSetting>;
}

/** A suppression that the configuration declares. */
export interface ConfiguredAllow {
  readonly rule: string;
  matches(subject: Scope): boolean;
  readonly reason: string;
  /** ISO date (`2027-01-31`), the last day on which it holds. */
  readonly until: string | undefined;
}

/** What an override or a suppression may be bound to. */
export interface Scope {
  readonly file: string;
  readonly object: ObjectIdentity | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

/** How loud each rule is and what it is tuned to. Values only: two equal policies judge alike. */
export interface Policy {
  readonly profile: Profile;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly overrides: readonly Override[];
  readonly allows: readonly ConfiguredAllow[];
  /** Fingerprints of accepted findings, each with the reason that the baseline gives. */
  readonly baseline: ReadonlyMap<string, string>;
}

export const plainPolicy: Policy = { profile: 'recommended', rules: new Map(), overrides: [], allows: [], baseline: new Map() };

/** What one rule is told in one place: an explicit level, if any, and its parameters. */
export interface Setting {
  /** From the command line or the configuration; it outranks everything but a rule switched off by its profile. */
  readonly level: Level | undefined;
  readonly parameters: object;
}

export function settingFor(rule: Rule, policy: Policy, scope: Scope): Setting {
  const plain = plainSetting(rule, policy);
  if (policy.overrides.length === 0) return plain;
  let { level, parameters } = plain;
  for (const override of policy.overrides) {
    const setting = override.rules.get(rule.id);
    if (!setting || !override.matches(scope)) continue;
    level = setting.level ?? level;
    parameters = { ...parameters, ...setting.parameters };
  }
  return { level, parameters };
}

/** Every run asks for the setting of every rule, and a server runs often under one policy. */
const plainSettings = new WeakMap<Policy, Map<Rule, Setting>>();

function plainSetting(rule: Rule, policy: Policy): Setting {
  let known = plainSettings.get(policy);
  if (!known) {
    known = new Map();
    plainSettings.set(policy, known);
  }
  let setting = known.get(rule);
  if (!setting) {
    const own = policy.rules.get(rule.id);
    const parameters = { ...defaultsOf(rule), ...profileOf(rule, policy.profile)?.parameters, ...own?.parameters };
    setting = { level: own?.level, parameters };
    known.set(rule, setting);
  }
  return setting;
}

/** How loud a finding is; `off` if it is not to be heard. Order of precedence: house rules of `Rule`. */
export function levelOf(
  rule: Rule,
  setting: { readonly level?: Level | undefined },
  profile: Profile,
  found: Severity | undefined,
  isBroken: boolean,
): Level {
  if (setting.level !== undefined) return setting.level;
  const ofProfile = profileOf(rule, profile)?.level;
  if (ofProfile === 'off' || (ofProfile === undefined && rule.severity === 'off')) return 'off';
  const level = found ?? ofProfile ?? rule.severity;
  // The minimal profile denies nothing on taste: what it does not name counts only where the object cannot work.
  if (profile === 'minimal' && ofProfile === undefined && !(level === 'error' && isBroken)) return 'off';
  return level;
}

function defaultsOf(rule: Rule): Record<string, unknown> {
  if (!rule.parameters) return {};
  const parameters = rule.parameters as Readonly<Record<string, { readonly default: unknown }>>;
  return Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, parameter.default]));
}

function profileOf(rule: Rule, profile: Profile): { readonly level: Level; readonly parameters?: object } | undefined {
  const entry = rule.profiles?.[profile];
  if (entry === undefined) return undefined;
  return typeof entry === 'string' ? { level: entry } : { level: entry[0], parameters: entry[1] };
}
