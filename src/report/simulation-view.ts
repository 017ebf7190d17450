import { toNano } from '../algebra/quantity.ts';
import type { NewNodeClaim } from '../scheduler/results.ts';
import type { Simulation } from '../scheduler/simulation.ts';
import { ignoredText, poolRefusalText } from './refusal-text.ts';
import { inOrder, priceOf, totals } from './simulation-json.ts';

/** A simulation as people read it: what is alike is said once. */
export interface SimulationView {
  readonly headline: string;
  readonly nodes: readonly NodeView[];
  readonly existing: readonly { readonly name: string; readonly pods: string }[];
  readonly pending: readonly Group[];
  readonly ignored: readonly Group[];
  readonly notes: readonly string[];
}

export interface NodeView {
  /** How many such nodes. */
  readonly count: number;
  readonly pool: string;
  /** The cheapest type, and how many others may be launched in its place. */
  readonly type: string;
  readonly others: number;
  readonly perHour: number | undefined;
  /** Zones and capacity types that are left open, or the one. */
  readonly where: string;
  readonly packing: readonly Packing[];
  readonly pods: string;
}

export interface Packing {
  readonly resource: string;
  /** Asked for, of what the cheapest type has for pods; from 0 to 1. */
  readonly share: number;
}

export interface Group {
  readonly pods: string;
  readonly why: readonly string[];
}

const shown = ['cpu', 'memory', 'pods'];

export function simulationView({ results, assumptions, problems }: Simulation): SimulationView {
  const { newNodeClaims, existingNodes, errors, ignored } = results;
  const { perHour, perMonth } = totals(newNodeClaims);
  const placed = [...newNodeClaims, ...existingNodes].reduce((sum, { pods }) => sum + pods.length, 0);
  const isEmpty = placed + errors.size + ignored.size === 0;
  const headline = [
    ...(isEmpty ? ['no pod in view: nothing to place'] : []),
    `${counted(newNodeClaims.length, 'node')} to launch`,
    ...(newNodeClaims.length > 0 ? [`from ${money(perHour)} an hour, ${money(perMonth)} a month`] : []),
    `${counted(placed, 'pod')} placed`,
    ...(errors.size > 0 ? [`${errors.size} pending`] : []),
    ...(ignored.size > 0 ? [`${ignored.size} ignored`] : []),
  ].join(' · ');
  return {
    headline,
    nodes: alike(inOrder(newNodeClaims).map(nodeView)),
    existing: existingNodes.map(({ name, pods }) => ({ name, pods: podsText(pods.map(({ key }) => key)) })),
    pending: grouped(errors, ({ refusals }) => refusals.map(poolRefusalText)),
    ignored: grouped(ignored, (why) => [ignoredText(why)]),
    notes: [...problems.map((problem) => `not read: ${problem}`), ...assumptions.map((one) => `assumed: ${one}`)],
  };
}

function nodeView(claim: NewNodeClaim): NodeView {
  const { nodePool, instanceTypes, requirements, requests, pods } = claim;
  const [cheapest] = instanceTypes.list;
  const values = (key: string): string =>
    requirements.flatMap((one) => (one.key === key && one.operator === 'In' ? (one.values ?? []) : [])).join(' or ');
  const where = [values('topology.kubernetes.io/zone') || 'any zone', values('karpenter.sh/capacity-type')];
  const packing = shown.flatMap((resource): readonly Packing[] => {
    const has = cheapest?.allocatable.get(resource)?.amount;
    const wants = requests.get(resource);
    if (!has || wants === undefined) return [];
    return [{ resource, share: Math.min(1, Number(toNano(wants)) / Number(toNano(has))) }];
  });
  return {
    count: 1,
    pool: nodePool,
    type: cheapest?.name ?? '',
    others: instanceTypes.list.length - 1,
    perHour: priceOf(claim),
    where: where.filter((part) => part !== '').join(', '),
    packing,
    pods: podsText(pods.map(({ key }) => key)),
  };
}

function alike(nodes: readonly NodeView[]): readonly NodeView[] {
  const found = new Map<string, NodeView>();
  for (const node of nodes) {
    const identity = JSON.stringify(node);
    const same = found.get(identity);
    found.set(identity, { ...node, count: (same?.count ?? 0) + 1 });
  }
  return [...found.values()];
}

/** Pods with the same reasons together. There may be many pods: no more is kept than a text for each group. */
function grouped<T>(pods: ReadonlyMap<string, T>, textsOf: (why: T) => readonly string[]): readonly Group[] {
  const byReason = new Map<string, { readonly pods: string[]; readonly why: readonly string[] }>();
  for (const [pod, refused] of pods) {
    const why = textsOf(refused);
    const reason = JSON.stringify(why);
    const group = byReason.get(reason) ?? { pods: [], why: [...new Set(why)] };
    group.pods.push(pod);
    byReason.set(reason, group);
  }
  return [...byReason.values()].map(({ pods: keys, why }) => ({ pods: podsText(keys), why }));
}

/** Pods by what they are called without their index: `default/web ×3, default/api-7`. */
function podsText(keys: readonly string[]): string {
  const byName = new Map<string, string[]>();
  for (const key of keys) {
    const name = key.replace(/-\d+$/, '');
    const own = byName.get(name);
    if (own) own.push(key);
    else byName.set(name, [key]);
  }
  return [...byName]
    .map(([name, own]) => (own.length === 1 ? own[0] : `${name} ×${own.length}`))
    .sort()
    .join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function money(amount: number): string {
  return `${amount.toFixed(amount < 10 ? 4 : 2)} USD`;
}
