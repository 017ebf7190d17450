import { labels } from '../../catalog/instance-label.ts';
import { type Bits, intersectBits, isEmptyBits } from '../../scheduler/bits.ts';
import type { OfferingKind } from '../../scheduler/offering-columns.ts';
import type { LaunchSet } from './launch-set.ts';

/** The types that can be launched into one zone as one capacity type, and what an hour of each costs. */
export interface Offer {
  readonly kind: OfferingKind;
  readonly zone: string;
  readonly capacityType: string;
  readonly types: Bits;
}

/** All that a pool may launch, by zone and capacity type; each reservation by itself. */
export function offersOf({ table, requirements, types }: LaunchSet): readonly Offer[] {
  return [...table.offerings.compatible(requirements)].flatMap((kind) => {
    const launched = intersectBits(kind.launchable, types);
    if (isEmptyBits(launched)) return [];
    return [{ kind, zone: kind.set.get(labels.zone)?.only ?? '', capacityType: kind.capacityType, types: launched }];
  });
}
