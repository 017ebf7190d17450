import type { Rule } from '../../src/lint/rule.ts';
import { netCapacityReservationEmptyList } from './net-capacity-reservation-empty-list.ts';
import { netConnectionTrackingDropsTypes } from './net-connection-tracking-drops-types.ts';
import { netCustomNetworkingReservedEni } from './net-custom-networking-reserved-eni.ts';
import { netEfaPublicIp } from './net-efa-public-ip.ts';
import { netIpv6NeedsNitro } from './net-ipv6-needs-nitro.ts';
import { netPlacementGroupZone } from './net-placement-group-zone.ts';
import { netPodEni } from './net-pod-eni.ts';
import { netSubnetIpHeadroom } from './net-subnet-ip-headroom.ts';
import { selectorClusterTagAnded } from './selector-cluster-tag-anded.ts';
import { selectorCommaList } from './selector-comma-list.ts';
import { selectorDiscoveryMismatch } from './selector-discovery-mismatch.ts';
import { selectorEmptyTagValue } from './selector-empty-tag-value.ts';
import { selectorFieldsIgnored } from './selector-fields-ignored.ts';
import { selectorIdsNotPortable } from './selector-ids-not-portable.ts';
import { selectorSgClusterTag } from './selector-sg-cluster-tag.ts';
import { selectorTooBroad } from './selector-too-broad.ts';
import { subnetsOneZone } from './subnets-one-zone.ts';

export const networkRules: readonly Rule[] = [
  selectorFieldsIgnored,
  selectorEmptyTagValue,
  selectorCommaList,
  selectorClusterTagAnded,
  selectorSgClusterTag,
  selectorTooBroad,
  selectorDiscoveryMismatch,
  selectorIdsNotPortable,
  subnetsOneZone,
  netEfaPublicIp,
  netIpv6NeedsNitro,
  netCustomNetworkingReservedEni,
  netPodEni,
  netConnectionTrackingDropsTypes,
  netPlacementGroupZone,
  netSubnetIpHeadroom,
  netCapacityReservationEmptyList,
];
