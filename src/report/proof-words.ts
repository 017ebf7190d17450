import type {
  Arithmetic,
  AtScale,
  Conflict,
  Diversity,
  LimitHeadroom,
  PodProof,
  PoolProof,
  PricedOffering,
  Proof,
  ProofVerdict,
  Witness,
} from '../prover/proof.ts';
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

/** One line of the calculation that a witness stands on. */
export interface Sum {
  readonly sign: '' | '−' | '=';
  readonly amount: string;
  readonly of: string;
}

/** Capacity, what is taken from it in turn, and what is left; all with as many decimals as the finest has. */
export function sums({ capacity, overhead, daemons, request, left }: Arithmetic): readonly Sum[] {
  const lines: readonly Sum[] = [
    { sign: '', amount: capacity, of: 'capacity' },
    ...[...overhead, ...daemons].map(({ of, amount }): Sum => ({ sign: '−', amount, of })),
    { sign: '−', amount: request, of: 'this pod' },
    { sign: '=', amount: left, of: 'left' },
  ];
  const decimals = Math.max(...lines.map(({ amount }) => fraction(amount).length));
  return lines.map((line) => ({ ...line, amount: withDecimals(line.amount, decimals) }));
}

function fraction(amount: string): string {
  return amount.split('.')[1] ?? '';
}

function withDecimals(amount: string, decimals: number): string {
  const missing = decimals - fraction(amount).length;
  return missing === 0 ? amount : `${amount}${amount.includes('.') ? '' : '.'}${'0'.repeat(missing)}`;
}

/** What every node has and every pod asks about, and whatever else the pod takes. */
export function shownArithmetic({ arithmetic }: Witness): readonly (readonly [resource: string, arithmetic: Arithmetic])[] {
  const always = ['cpu', 'memory', 'pods'];
  const entries = Object.entries(arithmetic);
  const rank = (resource: string): number => (always.includes(resource) ? always.indexOf(resource) : always.length);
  return entries
    .filter(([resource, { request }]) => always.includes(resource) || Number(request) !== 0)
    .sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
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

/** Why the pools that do not get a placed pod do not get it. */
export function whyNot({ wouldBe, witness }: PodProof): readonly string[] {
  return wouldBe.why.filter(({ pool }) => pool !== witness?.pool).map(({ pool, refusal }) => `pool ${pool}: ${refusal}`);
}

/** What is to be told of one pod: its own conflicts, those first that can be fixed, and pools that run nothing, whose conflicts are told with them. */
export interface TellingConflicts {
  readonly own: readonly Conflict[];
  readonly nothingRunsOn: readonly string[];
}

export function tellingConflicts(pod: PodProof, { pools }: Proof): TellingConflicts {
  const ofPools = new Set(pools.flatMap(({ conflicts }) => conflicts.map(identity)));
  const isTold = (conflict: Conflict): boolean => ofPools.has(identity(conflict));
  const own = pod.conflicts.filter((conflict) => !isTold(conflict));
  return {
    own: own.toSorted((a, b) => Number(a.fixes.length === 0) - Number(b.fixes.length === 0)),
    nothingRunsOn: [...new Set(pod.conflicts.filter(isTold).map(({ pool }) => pool))],
  };
}

function identity({ pool, constraints }: Conflict): string {
  return JSON.stringify([pool, constraints.map(({ at, says }) => [at.file, at.path, at.object, says])]);
}

export function conflictTitle({ pool, irreducible, constraints }: Conflict): string {
  if (!irreducible) return `pool ${pool} refuses:`;
  if (constraints.length === 1) return `pool ${pool}: this alone rules it out:`;
  return `pool ${pool}: these ${constraints.length} together rule it out, and no fewer of them do:`;
}

export function atScaleText({ replicas, scheduled, nodes }: AtScale): string {
  return `${scheduled} of ${count(replicas, 'replica')} run, on ${count(nodes, 'node')}`;
}
