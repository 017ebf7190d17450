import { policyOf } from '../../config/policy-of.ts';
import { settingsFrom } from '../../config/settings.ts';
import type { Policy } from '../../lint/policy.ts';
import type { Rule } from '../../lint/rule.ts';
import { isOff } from '../../lint/triage.ts';
import type { Need } from '../../lint/world.ts';
import type { Plan } from './plan.ts';

/** What the rules that can be heard cannot do without. */
export function needsOf(rules: readonly Rule[], policy: Policy): ReadonlySet<Need> {
  return new Set(rules.filter((rule) => !isOff(rule, policy)).flatMap(({ needs = [] }) => needs));
}

/** The same over everything that a run judges: each cluster has a policy of its own. */
export function needsOfPlan({ rules, settings, sources, pathOf }: Plan): ReadonlySet<Need> {
  const all = [settings, ...(settings.clusters ?? []).map((cluster) => settingsFrom(sources, cluster))];
  const policies = all.map((one) => policyOf(one, { pathOf, baseline: new Map() }));
  return new Set(policies.flatMap((policy) => [...needsOf(rules, policy)]));
}
