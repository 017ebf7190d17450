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
export function needsOfPlan(plan: Plan): ReadonlySet<Need> {
  return new Set(policiesOf(plan).flatMap((policy) => [...needsOf(plan.rules, policy)]));
}

/** Ids of the rules that are not off everywhere. */
export function rulesHeard(plan: Plan): ReadonlySet<string> {
  const policies = policiesOf(plan);
  return new Set(plan.rules.filter((rule) => policies.some((policy) => !isOff(rule, policy))).map(({ id }) => id));
}

function policiesOf({ settings, sources, pathOf }: Plan): readonly Policy[] {
  const all = [settings, ...(settings.clusters ?? []).map((cluster) => settingsFrom(sources, cluster))];
  return all.map((one) => policyOf(one, { pathOf, baseline: new Map() }));
}
