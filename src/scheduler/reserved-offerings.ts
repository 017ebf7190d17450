import { type Bits, hasBit, meetBits } from './bits.ts';
import type { InstanceTypeTable } from './instance-type-table.ts';
import type { Refusal } from './refusal.ts';
import type { RequirementSet } from './requirement-space.ts';
import type { HeldReservations, Reservations } from './reservations.ts';

export interface ReservationRule {
  /** The feature gate ReservedCapacity. */
  readonly enabled: boolean;
  /** Strict, as in provisioning: a pod waits for a reservation rather than do without. Otherwise it goes without. */
  readonly strict: boolean;
  /** Since 1.15: a full reservation is available, yet holds nobody back as long as there is something else to buy. */
  readonly fullReservations: boolean;
}

const none: { readonly held: HeldReservations } = { held: new Set() };

/** NodeClaim.offeringsToReserve: a claim holds every reservation that it could be launched into, all at once. */
export function offeringsToReserve(
  { offerings }: InstanceTypeTable,
  types: Bits,
  requirements: RequirementSet,
  before: HeldReservations,
  reservations: Reservations,
  { enabled, strict, fullReservations }: ReservationRule,
): { readonly held: HeldReservations } | Refusal {
  if (!enabled || offerings.reserved.length === 0) return none;
  const held = new Set<string>();
  let hasCapacity = false;
  let isFull = false;
  for (const { place, id, capacity, set } of offerings.reserved) {
    if (!hasBit(types, place) || !requirements.isCompatible(set)) continue;
    if (fullReservations && capacity === 0) {
      isFull = true;
      continue;
    }
    hasCapacity = true;
    if (reservations.canReserve(before, id)) held.add(id);
  }
  if (strict && hasCapacity && held.size === 0) return { category: 'reserved-offering' };
  if (isFull && !hasCapacity && !meetBits(offerings.unreserved(requirements), types)) {
    return { category: strict ? 'reserved-offering' : 'full-reservation' };
  }
  if (strict && before.size > 0 && held.size === 0) return { category: 'reserved-offering' };
  return { held };
}
