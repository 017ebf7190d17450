import { nameAt } from '../../document/objects.ts';
import { addBits, intersectBits, isEmptyBits, noBits, subtractBits } from '../../scheduler/bits.ts';
import type { Stage } from './funnel.ts';

/** A reservation may be full: a type that can be had in no other way is then waited for. */
export const ofReservations: Stage = ({ asked, table, requirements }, left) => {
  const launchable = noBits(table.types.length);
  for (const kind of table.offerings.compatible(requirements)) addBits(launchable, kind.launchable);
  const types = intersectBits(left, launchable);
  if (isEmptyBits(subtractBits(left, types))) return [];
  const { object } = asked.nodeClass ?? asked;
  return [{ at: nameAt(object), says: 'the capacity reservations that they come from have instances left', types }];
};
