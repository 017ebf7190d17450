import { labels } from '../../catalog/instance-label.ts';
import { addBits, type Bits, countBits, noBits } from '../../scheduler/bits.ts';
import type { InstanceTypeTable } from '../../scheduler/instance-type-table.ts';
import type { Diversity } from '../proof.ts';
import type { Offer } from './offers.ts';

/** How much there is to choose from; a type that two reservations of a zone hold counts there once. */
export function diversityOf({ types, labels: columns }: InstanceTypeTable, offers: readonly Offer[]): Diversity {
  const byZone = new Map<string, Bits>();
  const all = noBits(types.length);
  for (const { zone, types: launched } of offers) {
    const inZone = byZone.get(zone) ?? noBits(types.length);
    addBits(inZone, launched);
    addBits(all, launched);
    byZone.set(zone, inZone);
  }
  const counts = [...byZone.values()].map((bits) => countBits(bits));
  return {
    families: columns.countValues(labels.family, all, () => true),
    types: countBits(all),
    zones: byZone.size,
    offerings: counts.reduce((sum, count) => sum + count, 0),
  };
}
