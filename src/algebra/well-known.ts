import { atLeast, karpenterMinors, type Minor } from './version.ts';

const capacityTypes = ['on-demand', 'spot', 'reserved'];
const tenancies = ['default', 'dedicated'];

/** Karpenter's well-known labels with those its AWS provider adds, by the minor that brought them. */
const labelsSince: readonly (readonly [Minor, readonly string[]])[] = [
  [
    '1.0',
    [
      'karpenter.sh/nodepool',
      'karpenter.sh/capacity-type',
      'topology.kubernetes.io/zone',
      'topology.kubernetes.io/region',
      'topology.k8s.aws/zone-id',
      'node.kubernetes.io/instance-type',
      'node.kubernetes.io/windows-build',
      'kubernetes.io/arch',
      'kubernetes.io/os',
      'karpenter.k8s.aws/instance-hypervisor',
      'karpenter.k8s.aws/instance-encryption-in-transit-supported',
      'karpenter.k8s.aws/instance-category',
      'karpenter.k8s.aws/instance-family',
      'karpenter.k8s.aws/instance-generation',
      'karpenter.k8s.aws/instance-size',
      'karpenter.k8s.aws/instance-local-nvme',
      'karpenter.k8s.aws/instance-cpu',
      'karpenter.k8s.aws/instance-cpu-manufacturer',
      'karpenter.k8s.aws/instance-memory',
      'karpenter.k8s.aws/instance-ebs-bandwidth',
      'karpenter.k8s.aws/instance-network-bandwidth',
      'karpenter.k8s.aws/instance-gpu-name',
      'karpenter.k8s.aws/instance-gpu-manufacturer',
      'karpenter.k8s.aws/instance-gpu-count',
      'karpenter.k8s.aws/instance-gpu-memory',
      'karpenter.k8s.aws/instance-accelerator-name',
      'karpenter.k8s.aws/instance-accelerator-manufacturer',
      'karpenter.k8s.aws/instance-accelerator-count',
    ],
  ],
  ['1.1', ['karpenter.k8s.aws/instance-cpu-sustained-clock-speed-mhz']],
  ['1.3', ['karpenter.k8s.aws/capacity-reservation-id']],
  ['1.6', ['karpenter.k8s.aws/capacity-reservation-type']],
  ['1.7', ['karpenter.k8s.aws/instance-capability-flex']],
  ['1.9', ['karpenter.k8s.aws/instance-tenancy']],
  ['1.10', ['karpenter.k8s.aws/capacity-reservation-interruptible']],
  ['1.11', ['karpenter.k8s.aws/placement-group-id', 'karpenter.k8s.aws/placement-group-partition']],
];

/** The labels that Karpenter knows at a minor: never restricted, and allowed to be undefined where pods meet a NodeClaim. */
export function wellKnownLabels(karpenter: Minor): ReadonlySet<string> {
  return labelsByMinor.get(karpenter) ?? labelsAt(karpenter);
}

function labelsAt(karpenter: Minor): ReadonlySet<string> {
  return new Set(labelsSince.filter(([since]) => atLeast(karpenter, since)).flatMap(([, keys]) => keys));
}

/** Asked once for each label of each pool. */
const labelsByMinor: ReadonlyMap<Minor, ReadonlySet<string>> = new Map(karpenterMinors.map((minor) => [minor, labelsAt(minor)]));

/** Labels of which Karpenter knows every value; since 1.5 a requirement must list one of them. */
export function wellKnownValues(karpenter: Minor): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>();
  if (atLeast(karpenter, '1.5')) known.set('karpenter.sh/capacity-type', new Set(capacityTypes));
  if (atLeast(karpenter, '1.9')) known.set('karpenter.k8s.aws/instance-tenancy', new Set(tenancies));
  return known;
}
