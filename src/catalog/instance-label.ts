import { atLeast, type Minor } from '../algebra/version.ts';
import type { NamePart } from './name-parts.ts';
import type { ColumnName } from './packed.ts';

/** A label that Karpenter's AWS provider computes for instance types. When it came, `algebra/well-known.ts` says. */
export interface InstanceLabel {
  readonly key: string;
  /** `integer` labels can be compared with Gt, Lt, Gte and Lte. */
  readonly form: 'word' | 'integer' | 'boolean';
  /** Some types do not carry it: every requirement but NotIn and DoesNotExist then turns them away. */
  readonly optional?: true;
  /** The column that holds it, unless the whole name or the cluster decides it. */
  readonly column?: ColumnName | NamePart;
}

export const labels = {
  instanceType: 'node.kubernetes.io/instance-type',
  arch: 'kubernetes.io/arch',
  os: 'kubernetes.io/os',
  windowsBuild: 'node.kubernetes.io/windows-build',
  zone: 'topology.kubernetes.io/zone',
  zoneId: 'topology.k8s.aws/zone-id',
  region: 'topology.kubernetes.io/region',
  capacityType: 'karpenter.sh/capacity-type',
  category: 'karpenter.k8s.aws/instance-category',
  generation: 'karpenter.k8s.aws/instance-generation',
  family: 'karpenter.k8s.aws/instance-family',
  size: 'karpenter.k8s.aws/instance-size',
  flex: 'karpenter.k8s.aws/instance-capability-flex',
  tenancy: 'karpenter.k8s.aws/instance-tenancy',
  hypervisor: 'karpenter.k8s.aws/instance-hypervisor',
  networkBandwidth: 'karpenter.k8s.aws/instance-network-bandwidth',
  reservationId: 'karpenter.k8s.aws/capacity-reservation-id',
  reservationType: 'karpenter.k8s.aws/capacity-reservation-type',
  reservationInterruptible: 'karpenter.k8s.aws/capacity-reservation-interruptible',
  placementGroupId: 'karpenter.k8s.aws/placement-group-id',
  placementGroupPartition: 'karpenter.k8s.aws/placement-group-partition',
} as const;

/** All of them, at 1.15. No other label constrains which instance types a pool may use. */
export const instanceLabels: readonly InstanceLabel[] = [
  { key: labels.instanceType, form: 'word' },
  { key: labels.arch, form: 'word', column: 'arch' },
  { key: labels.os, form: 'word' },
  { key: labels.windowsBuild, form: 'word', optional: true },
  { key: labels.zone, form: 'word' },
  { key: labels.region, form: 'word' },
  { key: labels.zoneId, form: 'word' },
  { key: labels.capacityType, form: 'word' },
  { key: labels.category, form: 'word', column: 'category' },
  { key: labels.generation, form: 'integer', column: 'generation' },
  { key: labels.family, form: 'word', column: 'family' },
  { key: labels.size, form: 'word', column: 'size' },
  { key: 'karpenter.k8s.aws/instance-cpu', form: 'integer', column: 'vcpus' },
  { key: 'karpenter.k8s.aws/instance-cpu-manufacturer', form: 'word', column: 'cpuManufacturer' },
  {
    key: 'karpenter.k8s.aws/instance-cpu-sustained-clock-speed-mhz',
    form: 'integer',
    column: 'clockMhz',
  },
  { key: 'karpenter.k8s.aws/instance-memory', form: 'integer', column: 'memoryMib' },
  { key: 'karpenter.k8s.aws/instance-ebs-bandwidth', form: 'integer', column: 'ebsMbps', optional: true },
  { key: labels.networkBandwidth, form: 'integer', column: 'networkMbps', optional: true },
  { key: labels.hypervisor, form: 'word', column: 'hypervisor' },
  { key: 'karpenter.k8s.aws/instance-encryption-in-transit-supported', form: 'boolean', column: 'encryptionInTransit' },
  { key: 'karpenter.k8s.aws/instance-local-nvme', form: 'integer', column: 'nvmeGb', optional: true },
  { key: 'karpenter.k8s.aws/instance-gpu-name', form: 'word', column: 'gpuName', optional: true },
  { key: 'karpenter.k8s.aws/instance-gpu-manufacturer', form: 'word', column: 'gpuManufacturer', optional: true },
  { key: 'karpenter.k8s.aws/instance-gpu-count', form: 'integer', column: 'gpuCount', optional: true },
  { key: 'karpenter.k8s.aws/instance-gpu-memory', form: 'integer', column: 'gpuMemoryMib', optional: true },
  { key: 'karpenter.k8s.aws/instance-accelerator-name', form: 'word', column: 'acceleratorName', optional: true },
  {
    key: 'karpenter.k8s.aws/instance-accelerator-manufacturer',
    form: 'word',
    column: 'acceleratorManufacturer',
    optional: true,
  },
  { key: 'karpenter.k8s.aws/instance-accelerator-count', form: 'integer', column: 'acceleratorCount', optional: true },
  { key: labels.flex, form: 'boolean', column: 'flex' },
  { key: labels.tenancy, form: 'word' },
  { key: labels.reservationId, form: 'word', optional: true },
  { key: labels.reservationType, form: 'word', optional: true },
  { key: labels.reservationInterruptible, form: 'boolean', optional: true },
  { key: labels.placementGroupId, form: 'word' },
  { key: labels.placementGroupPartition, form: 'integer' },
];

export const instanceLabel: ReadonlyMap<string, InstanceLabel> = new Map(instanceLabels.map((label) => [label.key, label]));

/** The column behind a label: Karpenter ships the bandwidth table with the release, and 1.15 has a newer one. */
export function columnOf({ column }: InstanceLabel, karpenter: Minor): InstanceLabel['column'] {
  return column === 'networkMbps' && !atLeast(karpenter, '1.15') ? 'networkMbpsUntil114' : column;
}
