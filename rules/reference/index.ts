import type { Rule } from '../../src/lint/rule.ts';
import { classMaxPodsForMixedSizes } from './class-max-pods-for-mixed-sizes.ts';
import { classSharedByMany } from './class-shared-by-many.ts';
import { nodeclassConsumableCapacityInvalid } from './nodeclass-consumable-capacity-invalid.ts';
import { nodeclassUnused } from './nodeclass-unused.ts';
import { openReservationsUnused } from './open-reservations-unused.ts';
import { poolZonesOutsideSubnets } from './pool-zones-outside-subnets.ts';
import { refNodeclassMissing } from './ref-nodeclass-missing.ts';
import { refUnmanagedClass } from './ref-unmanaged-class.ts';
import { reservationNotAllowedByPool } from './reservation-not-allowed-by-pool.ts';
import { reservationZoneOrTypeMismatch } from './reservation-zone-or-type-mismatch.ts';
import { reservedGateOff } from './reserved-gate-off.ts';
import { reservedOnlyBlocksFallback } from './reserved-only-blocks-fallback.ts';
import { reservedOnlyNoFallback } from './reserved-only-no-fallback.ts';
import { reservedWithoutReservation } from './reserved-without-reservation.ts';

export const referenceRules: readonly Rule[] = [
  refNodeclassMissing,
  refUnmanagedClass,
  nodeclassUnused,
  reservationNotAllowedByPool,
  reservedWithoutReservation,
  reservedGateOff,
  openReservationsUnused,
  reservedOnlyNoFallback,
  reservationZoneOrTypeMismatch,
  poolZonesOutsideSubnets,
  classSharedByMany,
  classMaxPodsForMixedSizes,
  reservedOnlyBlocksFallback,
  nodeclassConsumableCapacityInvalid,
];
