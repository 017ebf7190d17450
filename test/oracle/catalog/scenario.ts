import type { ProviderCase } from '../../catalog/provider-cases.ts';

/** The oracle's scenario of a case: one pool over one node class, every documented type. */
export function scenario({ nodeClass, settings, typeZones, spotPrices }: ProviderCase): object {
  const { amiFamily, zones, capacityReservations, connectionTracking, blockDeviceMappings, ...spec } = nodeClass;
  const ids = settings.zones.flatMap(({ zone, zoneId }) => (zoneId === undefined ? [] : [[zone, zoneId]]));
  return {
    settings: {
      ...settings,
      reservedENIs: settings.reservedEnis,
      zones: settings.zones.map(({ zone }) => zone),
      zoneIDs: Object.fromEntries(ids),
      typeZones,
      spotPrices,
      reservationCounts: Object.fromEntries((capacityReservations ?? []).map(({ id, availableCount }) => [id, availableCount])),
    },
    instanceTypes: { from: 'catalog' },
    objects: [
      {
        apiVersion: 'karpenter.sh/v1',
        kind: 'NodePool',
        metadata: { name: 'pool' },
        spec: {
          template: {
            spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'class' }, requirements: [] },
          },
        },
      },
      {
        apiVersion: 'karpenter.k8s.aws/v1',
        kind: 'EC2NodeClass',
        metadata: { name: 'class' },
        spec: {
          amiFamily,
          ...spec,
          ...(connectionTracking && { connectionTracking: {} }),
          blockDeviceMappings: blockDeviceMappings?.map(({ volumeSize, ...mapping }) => ({ ...mapping, ebs: { volumeSize } })),
        },
        status: {
          subnets: zones?.map(({ zone, zoneId }) => ({ zone, zoneID: zoneId })),
          capacityReservations: capacityReservations?.map(({ zone, expiring, availableCount, ...reservation }) => ({
            ...reservation,
            availabilityZone: zone,
            state: expiring ? 'expiring' : 'active',
          })),
        },
      },
    ],
  };
}
