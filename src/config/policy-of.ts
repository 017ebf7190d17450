import type { ConfiguredAllow, Override, Policy, RuleSetting, Scope } from '../lint/policy.ts';
import type { ObjectIdentity } from '../text/place.ts';
import type { AllowSetting, OverrideSetting, RuleSettings } from './config.ts';
import { nameMatcher, pathMatcher } from './glob.ts';
import type { Settings } from './settings.ts';

export interface Surroundings {
  /** A file's path relative to the folder of the configuration, with slashes: what its globs speak of. */
  readonly pathOf: (file: string) => string;
  /** Fingerprints of accepted findings with their reasons. */
  readonly baseline: ReadonlyMap<string, string>;
}

/** What the engine needs to know: by rule, then by place, and last what was said on the command line. */
export function policyOf(settings: Settings, { pathOf, baseline }: Surroundings): Policy {
  const { profile, rules, commandRules, overrides = [], allow = [] } = settings;
  const decided = ruleMap(commandRules);
  return {
    profile,
    rules: ruleMap(rules),
    overrides: [
      ...overrides.map((override) => overrideOf({ ...override, rules: leveledElsewhere(override.rules, commandRules) }, pathOf)),
      ...(decided.size > 0 ? [{ matches: () => true, rules: decided }] : []),
    ],
    allows: allow.map((each) => allowOf(each, pathOf)),
    baseline,
  };
}

/** The command line has the last word on levels; a level beneath it would only make the rule run unheard. */
function leveledElsewhere(rules: RuleSettings, decided: RuleSettings): RuleSettings {
  return Object.fromEntries(
    Object.entries(rules).map(([id, { level, ...rest }]) => [
      id,
      level === undefined || decided[id]?.level !== undefined ? rest : { level, ...rest },
    ]),
  );
}

function ruleMap(rules: RuleSettings): ReadonlyMap<string, RuleSetting> {
  return new Map(Object.entries(rules));
}

function overrideOf({ paths, labels, rules }: OverrideSetting, pathOf: Surroundings['pathOf']): Override {
  const hasPath = paths && pathMatcher(paths);
  const wanted = Object.entries(labels ?? {});
  return {
    matches: (scope) =>
      (!hasPath || hasPath(pathOf(scope.file))) && wanted.every(([key, value]) => scope.labels.get(key) === value),
    rules: ruleMap(rules),
  };
}

function allowOf({ rule, paths, objects, reason, until }: AllowSetting, pathOf: Surroundings['pathOf']): ConfiguredAllow {
  const hasPath = paths && pathMatcher(paths);
  const hasName = objects && nameMatcher(objects);
  return {
    rule,
    reason,
    until,
    matches: ({ file, object }: Scope) =>
      (!hasPath || hasPath(pathOf(file))) && (!hasName || (object !== undefined && namesOf(object).some(hasName))),
  };
}

/** `Kind/name`, and with a namespace also `Kind/namespace/name`. */
function namesOf({ kind, namespace, name }: ObjectIdentity): readonly string[] {
  const short = `${kind ?? ''}/${name ?? ''}`;
  return namespace === undefined ? [short] : [short, `${kind ?? ''}/${namespace}/${name ?? ''}`];
}
