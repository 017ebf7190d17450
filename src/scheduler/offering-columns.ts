import { has } from '../algebra/requirement.ts';
import type { Requirements } from '../algebra/requirements.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { Offering } from '../catalog/offerings.ts';
import { addBits, type Bits, meetBits, noBits, setBit } from './bits.ts';
import type { RequirementSet, RequirementSpace } from './requirement-space.ts';

export const capacityTypeKey = 'karpenter.sh/capacity-type';
export const reservationIdKey = 'karpenter.k8s.aws/capacity-reservation-id';

/** All offerings with the same requirements, over the types that have one. */
export interface OfferingKind {
  readonly set: RequirementSet;
  readonly capacityType: string;
  readonly available: Bits;
  readonly launchable: Bits;
  /** The least price of a launchable offering by type; infinite where there is none. */
  readonly prices: Float64Array;
}

/** An available offering of a reservation, and the type it is for. */
export interface ReservedOffering {
  readonly place: number;
  readonly id: string;
  readonly capacity: number;
  readonly set: RequirementSet;
}

/** The offerings of instance types, grouped by what they demand: there are few kinds however many types there are. */
export class OfferingColumns {
  /** In the order of the types. */
  readonly reserved: readonly ReservedOffering[];
  /** Reservations that any offering names, available or not, with the least count told of each. */
  readonly reservations: ReadonlyMap<string, number>;
  readonly #size: number;
  readonly #fullReservations: boolean;
  readonly #kinds = new Map<number, OfferingKind>();
  readonly #offered = new Map<number, Bits>();
  readonly #unreserved = new Map<number, Bits>();
  readonly #prices = new Map<number, Float64Array>();

  /** `fullReservations`: a reservation without free instances may be available, as since 1.15. */
  constructor(space: RequirementSpace, types: readonly InstanceType[], fullReservations: boolean) {
    this.#size = types.length;
    this.#fullReservations = fullReservations;
    const reserved: ReservedOffering[] = [];
    const reservations = new Map<string, number>();
    // Nearly all offerings share their requirements with those of other types.
    const kinds = new Map<Requirements, OfferingKind>();
    for (const [place, type] of types.entries()) {
      for (const offering of type.offerings) {
        const kind = kinds.get(offering.requirements) ?? this.#kindOf(space.set(offering.requirements));
        kinds.set(offering.requirements, kind);
        this.#note(kind, place, offering);
        const { set } = kind;
        if (kind.capacityType !== 'reserved') continue;
        const id = anyOf(set, reservationIdKey);
        const capacity = offering.reservationCapacity;
        reservations.set(id, Math.min(reservations.get(id) ?? capacity, capacity));
        if (offering.available) reserved.push({ place, id, capacity, set });
      }
    }
    this.reserved = reserved;
    this.reservations = reservations;
  }

  /** Types with an available offering that the set is compatible with. */
  offered(set: RequirementSet): Bits {
    return this.#collect(this.#offered, set, ({ available }) => available);
  }

  /** The same for offerings that are no reservation. */
  unreserved(set: RequirementSet): Bits {
    return this.#collect(this.#unreserved, set, ({ available, capacityType }) =>
      capacityType === 'reserved' ? undefined : available,
    );
  }

  /** By type, the least price among its compatible launchable offerings; infinite without one. */
  prices(set: RequirementSet): Float64Array {
    let prices = this.#prices.get(set.id);
    if (prices) return prices;
    prices = new Float64Array(this.#size).fill(Number.POSITIVE_INFINITY);
    for (const kind of this.compatible(set)) {
      for (let place = 0; place < this.#size; place++) {
        const price = kind.prices[place] as number;
        if (price < (prices[place] as number)) prices[place] = price;
      }
    }
    this.#prices.set(set.id, prices);
    return prices;
  }

  /** The capacity types of which one of the types has a compatible launchable offering. */
  capacityTypes(set: RequirementSet, types: Bits): readonly string[] {
    const found = new Set<string>();
    for (const kind of this.compatible(set)) if (meetBits(kind.launchable, types)) found.add(kind.capacityType);
    return [...found];
  }

  /** The kinds that the set is compatible with. */
  *compatible(set: RequirementSet): Iterable<OfferingKind> {
    for (const kind of this.#kinds.values()) if (set.isCompatible(kind.set)) yield kind;
  }

  #collect(answers: Map<number, Bits>, set: RequirementSet, take: (kind: OfferingKind) => Bits | undefined): Bits {
    let bits = answers.get(set.id);
    if (bits) return bits;
    bits = noBits(this.#size);
    for (const kind of this.compatible(set)) {
      const more = take(kind);
      if (more) addBits(bits, more);
    }
    answers.set(set.id, bits);
    return bits;
  }

  #kindOf(set: RequirementSet): OfferingKind {
    let kind = this.#kinds.get(set.id);
    if (!kind) {
      kind = {
        set,
        capacityType: anyOf(set, capacityTypeKey),
        available: noBits(this.#size),
        launchable: noBits(this.#size),
        prices: new Float64Array(this.#size).fill(Number.POSITIVE_INFINITY),
      };
      this.#kinds.set(set.id, kind);
    }
    return kind;
  }

  #note(kind: OfferingKind, place: number, offering: Offering): void {
    if (!offering.available) return;
    setBit(kind.available, place);
    if (this.#fullReservations && isFullReservation(kind.set, offering)) return;
    setBit(kind.launchable, place);
    kind.prices[place] = Math.min(kind.prices[place] as number, offering.price);
  }
}

/** What keeps an available offering from being launchable (Offering.Launchable of 1.15). */
function isFullReservation(set: RequirementSet, { reservationCapacity }: Offering): boolean {
  const capacityType = set.get(capacityTypeKey);
  return capacityType !== undefined && has(capacityType, 'reserved') && reservationCapacity <= 0;
}

/** Requirement.Any for the keys of offerings, which have one value. */
function anyOf(set: RequirementSet, key: string): string {
  const [value = ''] = [...(set.get(key)?.values ?? [])].sort();
  return value;
}
