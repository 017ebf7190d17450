import { labels } from '../../catalog/instance-label.ts';
import { type Bits, intersectBits, isEmptyBits } from '../../scheduler/bits.ts';
import type { OfferingKind } from '../../scheduler/offering-columns.ts';

/** The types that can be launched into one zone as one capacity type, and what an hour of each costs. */
export interface Offer {
  readonly kind: OfferingKind;
  readonly zone: string;
  readonly capacityType: string;
  readonly types: Bits;
}

/** What there is to launch of some types, by zone and capacity type; each reservation by itself. */
export function offersOf(kinds: readonly OfferingKind[], types: Bits): readonly Offer[] {
  return kinds.flatMap((kind) => {
    const launched = intersectBits(kind.launchable, types);
    if (isEmptyBits(launched)) return [];
    return [{ kind, zone: kind.set.get(labels.zone)?.only ?? '', capacityType: kind.capacityType, types: launched }];
  });
}
