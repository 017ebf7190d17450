import type {
  AtScale,
  Diversity,
  LimitHeadroom,
  PodProof,
  PoolProof,
  PricedOffering,
  Proof,
  ProofVerdict,
  Witness,
} from '../prover/proof.ts';
import { groupBy } from './group-by.ts';
import { money } from './proof-units.ts';
import { count } from './summary.ts';

/** The gravest first: what to look at first. */
export const verdicts: readonly ProofVerdict[] = ['refuted', 'unknown', 'proved'];

export function byVerdict(a: { readonly verdict: ProofVerdict }, b: { readonly verdict: ProofVerdict }): number {
  return verdicts.indexOf(a.verdict) - verdicts.indexOf(b.verdict);
}

/** Pods that people run or declared; archetypes stand for a pool and are told with it. */
export function ownPods({ pods }: Proof): readonly PodProof[] {
  return pods.filter(({ kind }) => kind !== 'archetype');
}

/** `3 pools: 1 refuted, 2 proved`. */
export function tally(items: readonly { readonly verdict: ProofVerdict }[], noun: string): string {
  const parts = verdicts.flatMap((verdict) => {
    const number = items.filter((item) => item.verdict === verdict).length;
    return number > 0 ? [`${number} ${verdict}`] : [];
  });
  return `${count(items.length, noun)}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

/** One line that says what was asked and what came of it; it never calls proved what was not asked. */
export function proofSummary(proof: Proof): string {
  const pods = ownPods(proof);
  const unasked = proof.unasked.length > 0 ? [`${proof.unasked.length} not asked, the time was up`] : [];
  if (proof.pools.length + pods.length + proof.unasked.length === 0) return 'nothing to prove: no pool and no workload in view';
  return [tally(proof.pools, 'pool'), tally(pods, 'workload'), ...unasked].join(' · ');
}

export function offeringText({ type, zone, capacityType, pricePerHour }: PricedOffering): string {
  return `${type} in ${zone}, ${capacityType}, ${money(pricePerHour)}`;
}

export function witnessText({ pool, instanceType, ...rest }: Witness): string {
  return `pool ${pool}: ${offeringText({ ...rest, type: instanceType })}`;
}

export function diversityText({ families, types, zones, offerings }: Diversity): string {
  if (offerings === 0) return 'none';
  const familiesText = `${families} ${families === 1 ? 'family' : 'families'}`;
  return `${familiesText} × ${count(types, 'type')} × ${count(zones, 'zone')} = ${count(offerings, 'offering')}`;
}

export function limitsText({ binding, nodesThatFit }: LimitHeadroom): string {
  if (binding === undefined) return 'none';
  if (!nodesThatFit) return `${binding} binds first`;
  const { ofLargest, ofSmallest } = nodesThatFit;
  return `${binding} binds first: after ${count(ofLargest, 'node')} of the largest type, ${ofSmallest} of the smallest`;
}

/** What the pool launches, in a line. */
export function reachText({ instanceTypes, zones, capacityTypes }: PoolProof): string {
  return [count(instanceTypes.count, 'instance type'), zones.join(', '), capacityTypes.join(', ')]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Pools that may launch the same types, those with most in common first. */
export function overlapTexts(overlaps: PoolProof['overlaps']): readonly string[] {
  const sorted = overlaps.toSorted((a, b) => b.types - a.types);
  const named = sorted.slice(0, NAMED).map(({ pool, types, first, why }) => {
    return `${pool}: ${count(types, 'type')} in common; ${first} is asked first, by its ${why}`;
  });
  return sorted.length > NAMED ? [...named, `and ${sorted.length - NAMED} more pools`] : named;
}

/** What was tried on a pool: how many run. Which archetypes do not is telling; that workloads run elsewhere is not. */
export function hostsText({ name: pool, hosts }: PoolProof): string {
  const number = (verdict: ProofVerdict): number => hosts.filter((host) => host.verdict === verdict).length;
  const strangers = hosts.filter(({ kind, verdict }) => kind === 'archetype' && verdict === 'refuted');
  const names = strangers.map(({ name }) => (name.endsWith(` of ${pool}`) ? name.slice(0, -` of ${pool}`.length) : name));
  const parts = [
    `${number('proved')} of ${count(hosts.length, 'pod')} tried`,
    ...(number('refuted') > 0 ? [`${number('refuted')} refused`] : []),
    ...(number('unknown') > 0 ? [`${number('unknown')} not known`] : []),
    ...(names.length > 0 && number('proved') > 0 ? [`no room for archetype ${closedList(names)}`] : []),
  ];
  return hosts.length === 0 ? '' : parts.join(', ');
}

const NAMED = 8;

/** The first of them by name, the others by number. */
export function closedList(names: readonly string[]): string {
  if (names.length <= NAMED) return names.join(', ');
  return `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`;
}

/** Why some pools do not get a pod; they say it alike. */
export interface WhyNot {
  readonly pools: string;
  readonly refusal: string;
}

const REASONS = 5;

/** Why the pools that do not get a pod do not get it: those that could take it first, then what most of the others say. */
export function whyNot({ wouldBe }: PodProof): { readonly reasons: readonly WhyNot[]; readonly others: number } {
  const rest = wouldBe.why.filter(({ pool }) => pool !== wouldBe.pool);
  const groups = [...groupBy(rest, ({ verdict, refusal }) => `${verdict} ${refusal}`).values()].sort(
    ([a, ...more], [b, ...others]) =>
      Number(a?.verdict === 'refuted') - Number(b?.verdict === 'refuted') || others.length - more.length,
  );
  return {
    reasons: groups.slice(0, REASONS).map((alike) => {
      return { pools: closedList(alike.map(({ pool }) => pool)), refusal: alike[0]?.refusal ?? '' };
    }),
    others: groups.slice(REASONS).flat().length,
  };
}

export function atScaleText({ replicas, scheduled, nodes }: AtScale): string {
  return `${scheduled} of ${count(replicas, 'replica')} run, on ${count(nodes, 'node')}`;
}
