import type { Plain } from '../diagnostic/diagnostic.ts';
import type { RuleSetting } from '../lint/policy.ts';
import type { Config, RuleSettings } from './config.ts';

/** A mapping whose values fit the shape by which they were read or will be. */
export type Values = Readonly<Record<string, Plain>>;

/** From the file's spelling, which allows short forms, to the one that the program works with. */
export function configFrom({ $schema: _, ...values }: Values): Config {
  const { format, overrides, clusters } = values;
  return {
    ...withRules(values),
    ...(typeof format === 'string' && { format: [format] }),
    ...(Array.isArray(overrides) && { overrides: overrides.map((each) => withRules(each as Values)) }),
    ...(Array.isArray(clusters) && { clusters: clusters.map((each) => withRules(each as Values)) }),
  } as Config;
}

/** Back to the file's spelling. */
export function valuesOf(config: Config): Values {
  const { rules, overrides, clusters } = config;
  return {
    ...(config as Values),
    ...(rules && { rules: spelt(rules) }),
    ...(overrides && { overrides: overrides.map((each) => ({ ...each, rules: spelt(each.rules) })) }),
    ...(clusters && { clusters: clusters.map(({ rules: own, ...rest }) => ({ ...rest, ...(own && { rules: spelt(own) }) })) }),
  } as Values;
}

function withRules(values: Values): object {
  const { rules } = values;
  if (typeof rules !== 'object') return values;
  return { ...values, rules: Object.fromEntries(Object.entries(rules as Values).map(([id, value]) => [id, settingFrom(value)])) };
}

function settingFrom(value: Plain): RuleSetting {
  if (typeof value === 'string') return { level: value } as RuleSetting;
  const { level, ...parameters } = value as Values;
  return {
    ...(level !== undefined && { level }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
  } as RuleSetting;
}

function spelt(rules: RuleSettings): Values {
  return Object.fromEntries(
    Object.entries(rules).map(([id, { level, parameters }]) => [
      id,
      parameters ? { ...(level !== undefined && { level }), ...(parameters as Values) } : (level ?? {}),
    ]),
  );
}
