import { add, isCompatible, labelRequirements, nodeSelectorRequirements, type Requirements } from '../algebra/requirements.ts';
import type { Minor } from '../algebra/version.ts';
import { wellKnownLabels } from '../algebra/well-known.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { Offering } from '../catalog/offerings.ts';
import type { NodeOverlay } from '../model/cluster/node-overlay.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import { InstanceTypeStore } from './instance-type-store.ts';
import { isValidRequirement } from './requirement-validation.ts';
import type { OfferedPool } from './scheduler.ts';

/** Why Karpenter leaves an overlay out. */
export type OverlayFault = 'invalid' | 'conflict';

export interface OverlaidPools {
  readonly pools: readonly OfferedPool[];
  /** By name. */
  readonly faults: ReadonlyMap<string, OverlayFault>;
}

/** A pool whose instance types are known, with what overlays are compared with and what they have done so far. */
interface Evaluated {
  readonly types: readonly InstanceType[];
  /** Of each type in turn. */
  readonly requirements: readonly Requirements[];
  readonly store: InstanceTypeStore;
}

/** What the AWS provider gives itself; an overlay must not name it. nvidia.com/gpu and amd.com/gpu are not among them. */
const wellKnownResources = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'pods',
  'vpc.amazonaws.com/pod-eni',
  'vpc.amazonaws.com/efa',
  'aws.amazon.com/neuron',
  'aws.amazon.com/neuroncore',
  'habana.ai/gaudi',
]);

/**
 * The pools with what NodeOverlays make of their instance types (the controller nodeoverlay, and the decorator of the provider).
 * Pools that launch nothing count too: an overlay that is in conflict in one of them is left out in all.
 */
export function overlaid(offered: readonly OfferedPool[], overlays: readonly NodeOverlay[], karpenter: Minor): OverlaidPools {
  const faults = new Map<string, OverlayFault>();
  if (overlays.length === 0) return { pools: offered, faults };
  const evaluated = new Map(offered.flatMap(({ pool, types }) => (types ? [[pool, evaluate(pool, types)] as const] : [])));
  for (const overlay of byWeight(overlays)) {
    const name = overlay.metadata.name ?? '';
    if (!isValidOverlay(overlay, karpenter)) faults.set(name, 'invalid');
    else if (!applied(overlay, [...evaluated.values()], karpenter)) faults.set(name, 'conflict');
  }
  const pools = offered.map(({ pool, types }) => ({ pool, types: types && evaluated.get(pool)?.store.applyAll(types) }));
  return { pools, faults };
}

function evaluate({ metadata, spec }: NodePool, types: readonly InstanceType[]): Evaluated {
  const ofPool = add(
    labelRequirements([['karpenter.sh/nodepool', metadata.name ?? '']]),
    ...labelRequirements(Object.entries(spec.template.labels)).list,
  );
  const requirements = types.map((type) => add(ofPool, ...type.requirements.list));
  return { types, requirements, store: new InstanceTypeStore() };
}

/** All or nothing: false if it is in conflict anywhere. */
function applied(overlay: NodeOverlay, pools: readonly Evaluated[], karpenter: Minor): boolean {
  const demanded = nodeSelectorRequirements(overlay.spec.requirements ?? []);
  const matches = pools.flatMap(({ types, requirements, store }) =>
    types.flatMap(({ name, offerings }, place) => {
      if (!isCompatible(requirements[place] as Requirements, demanded)) return [];
      const touched = compatibleOfferings(offerings, demanded, karpenter);
      return touched.length === 0 ? [] : [{ store, name, touched }];
    }),
  );
  if (matches.some(({ store, name, touched }) => store.isConflicting(name, touched, overlay))) return false;
  for (const { store, name, touched } of matches) store.update(name, touched, overlay);
  return true;
}

function compatibleOfferings(offerings: readonly Offering[], demanded: Requirements, karpenter: Minor): readonly Offering[] {
  return offerings.filter(({ requirements }) => isCompatible(demanded, requirements, wellKnownLabels(karpenter)));
}

/** RuntimeValidate. */
function isValidOverlay({ spec }: NodeOverlay, karpenter: Minor): boolean {
  const { requirements = [], capacity = {} } = spec;
  const goodRequirements = requirements.every(
    ({ key, operator, values = [] }) =>
      isValidRequirement({ key, operator, values }, karpenter) && (operator !== 'NotIn' || values.length > 0),
  );
  return goodRequirements && Object.keys(capacity).every((name) => !wellKnownResources.has(name));
}

/** OrderByWeight: the heaviest first; of equal weight the last name in the alphabet. */
function byWeight(overlays: readonly NodeOverlay[]): readonly NodeOverlay[] {
  return [...overlays].sort((a, b) => {
    const heavier = (b.spec.weight ?? 0) - (a.spec.weight ?? 0);
    const [first = '', second = ''] = [a.metadata.name, b.metadata.name];
    return heavier !== 0 ? heavier : first > second ? -1 : first < second ? 1 : 0;
  });
}
