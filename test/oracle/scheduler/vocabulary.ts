import type { Random } from '../algebra/random.ts';

/** The few words that random scenarios are made of: few, so that they meet. */
export const zones: readonly string[] = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
export const keys = {
  zone: 'topology.kubernetes.io/zone',
  host: 'kubernetes.io/hostname',
  type: 'node.kubernetes.io/instance-type',
  arch: 'kubernetes.io/arch',
  os: 'kubernetes.io/os',
  capacity: 'karpenter.sh/capacity-type',
  pool: 'karpenter.sh/nodepool',
  region: 'topology.kubernetes.io/region',
  zoneId: 'topology.k8s.aws/zone-id',
  reservation: 'karpenter.k8s.aws/capacity-reservation-id',
} as const;
const aws = 'karpenter.k8s.aws/';

export const typeNames: readonly string[] = [
  't3.micro',
  't3.medium',
  't3.xlarge',
  'm5.large',
  'm5.xlarge',
  'm5.2xlarge',
  'm5.4xlarge',
  'm5d.large',
  'c5.large',
  'c5.xlarge',
  'c5.2xlarge',
  'c5.4xlarge',
  'c5.metal',
  'r5.large',
  'r5.xlarge',
  'r5.2xlarge',
  'm6g.large',
  'm6g.xlarge',
  'c7g.medium',
  'c7g.large',
  'r6g.2xlarge',
  'a1.large',
  'g4dn.xlarge',
  'g4dn.2xlarge',
  'g5.xlarge',
  'p3.8xlarge',
  'inf2.xlarge',
  'trn1.2xlarge',
  'i3.large',
  'i4i.xlarge',
  'c7i-flex.large',
  'm7a.medium',
  'hpc7a.12xlarge',
  'u-3tb1.56xlarge',
  't2.small',
  'm4.large',
  'x2gd.medium',
];

/** Labels that types have, with values that some of them have. */
export const typeLabels: readonly (readonly [key: string, values: readonly string[], numeric: boolean])[] = [
  [keys.zone, zones, false],
  [keys.arch, ['amd64', 'arm64'], false],
  [keys.capacity, ['on-demand', 'spot', 'reserved'], false],
  [keys.type, ['m5.large', 'c5.xlarge', 'm6g.large', 'r5.2xlarge', 'g4dn.xlarge'], false],
  [keys.zoneId, ['use1-az1', 'use1-az2', 'use1-az3'], false],
  [`${aws}instance-category`, ['c', 'm', 'r', 't', 'g'], false],
  [`${aws}instance-family`, ['c5', 'm5', 'r5', 'm6g', 't3', 'g4dn'], false],
  [`${aws}instance-size`, ['medium', 'large', 'xlarge', '2xlarge', 'metal'], false],
  [`${aws}instance-cpu`, ['2', '4', '8', '16'], true],
  [`${aws}instance-memory`, ['4096', '8192', '16384'], true],
  [`${aws}instance-generation`, ['4', '5', '6', '7'], true],
  [`${aws}instance-gpu-count`, ['1', '4'], true],
  [`${aws}instance-gpu-name`, ['t4', 'a10g', 'v100'], false],
  [`${aws}instance-local-nvme`, ['75', '125', '475'], true],
  [`${aws}instance-hypervisor`, ['nitro', 'xen'], false],
  [`${aws}instance-network-bandwidth`, ['750', '5000', '10000'], true],
  [`${aws}instance-cpu-manufacturer`, ['intel', 'amd', 'aws'], false],
];

/** Labels that only pools and nodes have. */
export const ownLabels: readonly (readonly [key: string, values: readonly string[], numeric: boolean])[] = [
  ['team', ['red', 'blue', 'green'], false],
  ['rack', ['r1', 'r2', 'r3'], false],
  ['example.com/tier', ['1', '2', '3', '06', 'x'], true],
];

export const deprecatedZone = 'failure-domain.beta.kubernetes.io/zone';
export const ebsZone = 'topology.ebs.csi.aws.com/zone';
export const apps: readonly string[] = ['web', 'api', 'db', 'job'];
export const namespaces: readonly string[] = ['default', 'prod', 'lab'];
export const taintKeys: readonly string[] = ['dedicated', 'gpu', 'example.com/level'];

export interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
  readonly minValues?: number;
}

/** A requirement as a pod may write it; pools may also bound from both sides inclusively. */
export function requirement(r: Random, forPool: boolean): Requirement {
  const [key, values, numeric] = r.percent(65) ? r.pick(typeLabels) : r.pick(ownLabels);
  const operators = [
    'In',
    'In',
    'In',
    'NotIn',
    'Exists',
    'DoesNotExist',
    ...(numeric ? ['Gt', 'Lt', ...(forPool ? ['Gte', 'Lte'] : [])] : []),
  ];
  const operator = r.pick(operators);
  switch (operator) {
    case 'In':
    case 'NotIn':
      return { key, operator, values: subset(r, values, 1) };
    case 'Exists':
    case 'DoesNotExist':
      return { key, operator };
    default:
      return { key, operator, values: [r.pick(values.filter((value) => /^\d+$/.test(value)))] };
  }
}

/** In the order of the list. */
export function subset<T>(r: Random, list: readonly T[], least: number): readonly T[] {
  const chosen = list.filter(() => r.percent(50));
  return chosen.length >= least ? chosen : [r.pick(list)];
}

export function labelSelector(r: Random): object | undefined {
  if (r.percent(3)) return undefined;
  if (r.percent(3)) return {};
  if (r.percent(80)) return { matchLabels: { app: r.pick(apps) } };
  const values = subset(r, apps, 1);
  const expression = r.pick([
    { key: 'app', operator: 'In', values },
    { key: 'app', operator: 'NotIn', values },
    { key: 'version', operator: 'Exists' },
    { key: 'version', operator: 'DoesNotExist' },
  ]);
  return { ...(r.percent(30) && { matchLabels: { version: 'v1' } }), matchExpressions: [expression] };
}

export function toleration(r: Random): object {
  const key = r.pick(taintKeys);
  return r.pick([
    { key, operator: 'Exists' },
    { key, operator: 'Equal', value: r.pick(['a', 'b', '5']) },
    { operator: 'Exists' },
    { operator: 'Exists', effect: r.pick(['NoSchedule', 'NoExecute', 'PreferNoSchedule']) },
    { key, operator: 'Exists', effect: 'NoSchedule' },
    { key: 'example.com/level', operator: r.pick(['Gt', 'Lt']), value: r.pick(['4', '6']) },
    { key, value: 'a', effect: 'NoSchedule', tolerationSeconds: r.integer(3) },
  ]);
}

export function taint(r: Random): object {
  const value = r.pick([undefined, 'a', 'b', '5']);
  return {
    key: r.pick(taintKeys),
    ...(value && { value }),
    effect: r.pick(['NoSchedule', 'NoSchedule', 'NoExecute', 'PreferNoSchedule']),
  };
}

/** Without the entries that are absent. */
export function clean<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
