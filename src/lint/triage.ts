import { atLeast, compareVersions, type Minor } from '../algebra/version.ts';
import type { Context } from '../context/context.ts';
import { workloadKinds } from '../context/workloads.ts';
import type { Severity } from '../diagnostic/diagnostic.ts';
import { levelOf, type Policy, type Scope, settingFor } from './policy.ts';
import type { Rule } from './rule.ts';
import type { Need, World } from './world.ts';

/** Rules that could not run for want of a fact, and the flag or file that would supply it. */
export interface Skipped {
  readonly need: Need;
  readonly rules: readonly string[];
  readonly supply: string;
}

export interface Triage {
  readonly ready: readonly Rule[];
  readonly skipped: readonly Skipped[];
}

/** Drops what is off, of another Karpenter, or in want of a fact; the last kind is reported. */
export function triage(rules: readonly Rule[], world: World, policy: Policy): Triage {
  const { kept, needs, triages } = candidatesAmong(rules, world.target.karpenterMinor, policy);
  const there = needs.filter((need) => has(world, need));
  const known = triages.get(there.join()) ?? sorted(kept, new Set(there));
  triages.set(there.join(), known);
  return known;
}

function sorted(rules: readonly Rule[], there: ReadonlySet<Need>): Triage {
  const ready: Rule[] = [];
  const wanting = new Map<Need, string[]>();
  for (const rule of rules) {
    const missing = rule.needs?.find((need) => !there.has(need));
    if (missing === undefined) ready.push(rule);
    else if (missing !== 'before') wanting.set(missing, [...(wanting.get(missing) ?? []), rule.id]);
  }
  const skipped = [...wanting].map(([need, ids]) => ({ need, rules: ids, supply: supplies[need] }));
  return { ready, skipped };
}

interface Candidates {
  readonly karpenter: Minor;
  readonly kept: readonly Rule[];
  /** All that any of them needs. */
  readonly needs: readonly Need[];
  /** By the needs that are met. */
  readonly triages: Map<string, Triage>;
}

/** A server runs the same rules under one policy over and over. */
const candidates = new WeakMap<Policy, WeakMap<readonly Rule[], Candidates>>();

function candidatesAmong(rules: readonly Rule[], karpenter: Minor, policy: Policy): Candidates {
  const ofPolicy = candidates.get(policy) ?? new WeakMap<readonly Rule[], Candidates>();
  candidates.set(policy, ofPolicy);
  const known = ofPolicy.get(rules);
  if (known?.karpenter === karpenter) return known;
  const kept = rules.filter((rule) => applies(rule, karpenter) && !isOff(rule, policy));
  const found = { karpenter, kept, needs: [...new Set(kept.flatMap(({ needs = [] }) => needs))], triages: new Map() };
  ofPolicy.set(rules, found);
  return found;
}

function applies({ since, until }: Rule, karpenter: Minor): boolean {
  return (since === undefined || atLeast(karpenter, since)) && (until === undefined || compareVersions(karpenter, until) <= 0);
}

/** Whether a rule is off everywhere: no override gives it a level, and no finding of its own could be heard. */
export function isOff(rule: Rule, policy: Policy): boolean {
  if (policy.overrides.some(({ rules }) => (rules.get(rule.id)?.level ?? 'off') !== 'off')) return false;
  const setting = policy.overrides.length > 0 ? settingFor(rule, policy, nowhere) : (policy.rules.get(rule.id) ?? unset);
  return isUnheard(rule, setting, policy, undefined) && isUnheard(rule, setting, policy, 'error');
}

function isUnheard(rule: Rule, setting: Told, { profile }: Policy, found: Severity | undefined): boolean {
  return levelOf(rule, setting, profile, found, true) === 'off';
}

type Told = Parameters<typeof levelOf>[1];

const unset: Told = {};
const nowhere: Scope = { file: '', object: undefined, labels: new Map() };

function has({ target, context, hasBefore, hasCatalog, hasProver, awsFacts, declaredPods = [] }: World, need: Need): boolean {
  switch (need) {
    case 'catalog':
      return hasCatalog;
    case 'before':
      return hasBefore;
    case 'closedWorld':
      return target.closedWorld;
    case 'kubernetesVersion':
      return target.kubernetesVersion !== undefined;
    case 'region':
      return target.region !== undefined;
    case 'workloads':
      return hasWorkloads(context);
    case 'proof':
      return hasProver && context.nodePools.length > 0 && (hasWorkloads(context) || declaredPods.length > 0);
    case 'awsFacts':
      return awsFacts !== undefined;
    case 'fleet':
      return liveKinds.some((kind) => context.ofKind(kind).some(({ node }) => node.get('status') !== undefined));
    case 'chartValues':
      return context.all('ChartValues').length > 0;
  }
}

function hasWorkloads(context: Context): boolean {
  return [...workloadKinds].some((kind) => context.ofKind(kind).length > 0);
}

/** Only a cluster gives them a status. */
const liveKinds = ['NodePool', 'EC2NodeClass', 'NodeClaim', 'Node'];

const supplies: Readonly<Record<Need, string>> = {
  before: '--old FILE',
  catalog: '--catalog FILE',
  closedWorld: '--closed-world',
  kubernetesVersion: '--kubernetes-version VERSION',
  region: '--region REGION',
  workloads: 'workloads among the input',
  chartValues: "the Karpenter chart's values among the input",
  fleet: 'live objects (kubectl get … -o json) among the input',
  awsFacts: '--aws-facts FILE',
  proof: 'NodePools and workloads among the input',
};
