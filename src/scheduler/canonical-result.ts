import { type Amount, toNano } from '../algebra/quantity.ts';
import type { NodeSelectorRequirement } from '../algebra/requirements.ts';
import type { Taint } from '../algebra/taints.ts';
import type { Refusals, ScheduledPod } from './queue.ts';
import type { Refusal } from './refusal.ts';
import type { Results } from './results.ts';

/** A decision in the one form in which equal decisions are equal texts: what the oracle prints, field by field. */
export interface CanonicalResult {
  readonly nodeClaims: readonly CanonicalClaim[];
  readonly existingNodes: readonly { readonly name: string; readonly pods: readonly string[] }[];
  /** By pod: the category of each NodePool template's refusal, in template order. */
  readonly errors: Readonly<Record<string, string>>;
  readonly ignored: readonly string[] | null;
}

export interface CanonicalClaim {
  readonly nodePool: string;
  readonly pods: readonly string[];
  readonly instanceTypes: readonly string[];
  readonly requirements: readonly NodeSelectorRequirement[];
  /** Plain numbers: bytes, cores, or thousandths with `m`. */
  readonly requests: Readonly<Record<string, string>>;
  readonly taints?: readonly Taint[];
  readonly annotations?: Readonly<Record<string, string>>;
}

const nanoPerMilli = 1_000_000n;

export function canonicalResult({ newNodeClaims, existingNodes, errors, ignored }: Results): CanonicalResult {
  const claims = newNodeClaims.map((claim): CanonicalClaim => {
    const { nodePool, pods, instanceTypes, requirements, requests, taints, minValuesRelaxed } = claim;
    return {
      nodePool,
      pods: keysOf(pods),
      instanceTypes: instanceTypes.list.map(({ name }) => name),
      requirements,
      requests: sorted([...requests].map(([name, amount]) => [name, plain(amount)])),
      ...(taints.length > 0 && { taints: taints.map(ordered) }),
      ...(minValuesRelaxed && { annotations: { 'karpenter.sh/nodeclaim-min-values-relaxed': 'true' } }),
    };
  });
  return {
    nodeClaims: claims.sort((a, b) => compareText(a.pods[0] ?? '', b.pods[0] ?? '')),
    existingNodes: existingNodes
      .map(({ name, pods }) => ({ name, pods: keysOf(pods) }))
      .sort((a, b) => compareText(a.name, b.name)),
    errors: sorted([...errors].map(([pod, refusals]) => [pod, categories(refusals)])),
    ignored: ignored.size === 0 ? null : [...ignored.keys()].sort(),
  };
}

/** A pod that waits for a reservation, or that asks for devices, has one error whatever else was in its way. */
function categories({ refusals }: Refusals): string {
  const names = refusals.flatMap(({ refusal }) => categoriesOf(refusal));
  return names.find((name) => name === 'reserved-offering' || name === 'dra') ?? names.join('; ');
}

function categoriesOf(refusal: Refusal): readonly string[] {
  switch (refusal.category) {
    case 'taint':
      return refusal.taints.map(() => refusal.category);
    case 'topology-combination':
      return refusal.keys.map(() => refusal.category);
    case 'undefined-label':
      return [`other: label "${refusal.key}" does not have known values${refusal.hint}`];
    default:
      return [refusal.category];
  }
}

/** Quantity.MilliValue, which rounds away from zero, without a suffix where it is a whole number. */
function plain(amount: Amount): string {
  const nano = toNano(amount);
  const rest = nano % nanoPerMilli;
  const milli = nano / nanoPerMilli + (rest > 0n ? 1n : rest < 0n ? -1n : 0n);
  return milli % 1000n === 0n ? String(milli / 1000n) : `${milli}m`;
}

/** The fields in the order in which Go writes them. */
function ordered({ key, value, effect }: Taint): Taint {
  return { key, ...(value && { value }), effect };
}

function keysOf(pods: readonly ScheduledPod[]): readonly string[] {
  return pods.map(({ key }) => key).sort();
}

function sorted(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries([...entries].sort(([a], [b]) => compareText(a, b)));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
