import { formatRequirements } from '../algebra/requirement-text.ts';
import type { Requirements } from '../algebra/requirements.ts';
import { type InstanceType, toldType } from '../catalog/instance-type.ts';
import type { Offering } from '../catalog/offerings.ts';
import { type ResourceList, readQuantities, subtract, total } from '../catalog/resource-list.ts';
import type { NodeOverlay } from '../model/cluster/node-overlay.ts';

/** What overlays make of one instance type in one pool. */
interface InstanceTypeUpdate {
  /** By the printed requirements of an offering. */
  readonly prices: Map<string, PriceUpdate>;
  readonly capacity: Map<string, string | number>;
  /** Of the last overlay that gave capacity; a tie is sought with that one alone. */
  lowestWeight: number;
  lowestWeightResources: readonly string[];
}

interface PriceUpdate {
  readonly change: string;
  lowestWeight: number;
}

/**
 * What overlays, the heaviest first, make of the instance types of one pool (InstanceTypeStore). What an overlay says of a price or of
 * a resource stands against all later ones.
 */
export class InstanceTypeStore {
  readonly #updates = new Map<string, InstanceTypeUpdate>();
  readonly #printed = new Map<Requirements, string>();

  /** Whether an overlay of the same weight has spoken of one of these prices, or of one of the resources. */
  isConflicting(typeName: string, offerings: readonly Offering[], { spec }: NodeOverlay): boolean {
    const update = this.#updates.get(typeName);
    if (!update) return false;
    const { weight = 0, capacity } = spec;
    const isPriceTaken =
      changeOf(spec) !== undefined &&
      offerings.some(({ requirements }) => update.prices.get(this.#print(requirements))?.lowestWeight === weight);
    const isResourceTaken =
      capacity !== undefined &&
      update.lowestWeight === weight &&
      Object.keys(capacity).some((name) => update.lowestWeightResources.includes(name));
    return isPriceTaken || isResourceTaken;
  }

  update(typeName: string, offerings: readonly Offering[], { spec }: NodeOverlay): void {
    const { weight = 0, capacity } = spec;
    const change = changeOf(spec);
    if (change === undefined && capacity === undefined) return;
    const update = this.#updateOf(typeName);
    if (change !== undefined) {
      for (const { requirements } of offerings) {
        const key = this.#print(requirements);
        const earlier = update.prices.get(key);
        if (earlier) earlier.lowestWeight = weight;
        else update.prices.set(key, { change, lowestWeight: weight });
      }
    }
    if (capacity === undefined) return;
    for (const [name, quantity] of Object.entries(capacity)) {
      if (!update.capacity.has(name)) update.capacity.set(name, quantity);
    }
    update.lowestWeight = weight;
    update.lowestWeightResources = Object.keys(capacity);
  }

  /** The same list where nothing is changed, so that pools go on sharing it. */
  applyAll(types: readonly InstanceType[]): readonly InstanceType[] {
    return this.#updates.size === 0 ? types : types.map((type) => this.#apply(type));
  }

  #apply(type: InstanceType): InstanceType {
    const update = this.#updates.get(type.name);
    if (!update) return type;
    const offerings = type.offerings.map((offering): Offering => {
      const found = update.prices.get(this.#print(offering.requirements));
      return found ? { ...offering, price: adjustedPrice(offering.price, found.change) } : offering;
    });
    const { name, requirements, capacity, allocatable, overhead } = type;
    const sizes = update.capacity.size > 0 ? withCapacity(type, update.capacity) : { capacity, allocatable };
    return toldType({ name, requirements, offerings, overhead, ...sizes });
  }

  #updateOf(typeName: string): InstanceTypeUpdate {
    const update: InstanceTypeUpdate = this.#updates.get(typeName) ?? {
      prices: new Map(),
      capacity: new Map(),
      lowestWeight: 0,
      lowestWeightResources: [],
    };
    this.#updates.set(typeName, update);
    return update;
  }

  #print(requirements: Requirements): string {
    const printed = this.#printed.get(requirements) ?? formatRequirements(requirements);
    this.#printed.set(requirements, printed);
    return printed;
  }
}

/** AdjustedPrice: per hour, never below zero. */
export function adjustedPrice(price: number, change: string): number {
  if (!/^[+-]/.test(change)) return Number(change);
  const adjusted = change.endsWith('%') ? price * (1 + Number(change.slice(0, -1)) / 100) : price + Number(change);
  return Math.max(adjusted, 0);
}

function changeOf({ price, priceAdjustment }: NodeOverlay['spec']): string | undefined {
  return price ?? priceAdjustment;
}

function withCapacity(
  { capacity, overhead }: InstanceType,
  more: ReadonlyMap<string, string | number>,
): { readonly capacity: ResourceList; readonly allocatable: ResourceList } {
  const read = readQuantities(Object.fromEntries([...more].map(([name, written]) => [name, String(written).trim()])));
  const all = new Map([...capacity, ...read]);
  const { kubeReserved, systemReserved, evictionThreshold } = overhead;
  return { capacity: all, allocatable: subtract(all, total(kubeReserved, systemReserved, evictionThreshold)) };
}
