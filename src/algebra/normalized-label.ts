/**
 * Deprecated label keys and the ones Karpenter reads them as. The last is added by the AWS provider.
 * Applies to requirements, never to topology keys or to the labels of a Node.
 */
export const normalizedLabels: ReadonlyMap<string, string> = new Map([
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
  ['beta.kubernetes.io/arch', 'kubernetes.io/arch'],
  ['beta.kubernetes.io/os', 'kubernetes.io/os'],
  ['beta.kubernetes.io/instance-type', 'node.kubernetes.io/instance-type'],
  ['topology.ebs.csi.aws.com/zone', 'topology.kubernetes.io/zone'],
]);

export function normalizedLabel(key: string): string {
  return normalizedLabels.get(key) ?? key;
}
