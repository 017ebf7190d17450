import { atLeast, type Minor } from '../../algebra/version.ts';

/** A test of one label key: what is wrong with it, in words, or undefined. */
export type KeyTest = (key: string, minor: Minor) => string | undefined;

/**
 * The API tests domains by their ending alone, so `notkarpenter.sh/x` is in the domain `karpenter.sh`, and a key without a slash
 * is a domain as a whole.
 */
function isWithin(key: string, domain: string): boolean {
  const slash = key.indexOf('/');
  return (slash === -1 ? key : key.slice(0, slash)).endsWith(domain);
}

export const noHostname: KeyTest = (key) =>
  key === 'kubernetes.io/hostname' ? '"kubernetes.io/hostname" is different on every node, so the API refuses it' : undefined;

export const noNodePool: KeyTest = (key) =>
  key === 'karpenter.sh/nodepool' ? '"karpenter.sh/nodepool" is set by Karpenter itself, so the API refuses it' : undefined;

export const karpenterDomain: KeyTest = (key) =>
  isWithin(key, 'karpenter.sh') && key !== 'karpenter.sh/capacity-type' && key !== 'karpenter.sh/nodepool'
    ? `"${key}" is in Karpenter's own domain karpenter.sh, where only karpenter.sh/capacity-type and karpenter.sh/nodepool are allowed`
    : undefined;

export const k8sDomain: KeyTest = (key) =>
  isWithin(key, 'k8s.io') && !isWithin(key, 'kops.k8s.io')
    ? `"${key}" is in the domain k8s.io, which Karpenter opened to users in 1.9`
    : undefined;

/** Of what is left, node.kubernetes.io and node-restriction.kubernetes.io are allowed as a whole. */
export const kubernetesDomain: KeyTest = (key) =>
  isWithin(key, 'kubernetes.io') &&
  !isWithin(key, 'node.kubernetes.io') &&
  !isWithin(key, 'node-restriction.kubernetes.io') &&
  !kubernetesLabels.has(key)
    ? `"${key}" is in the domain kubernetes.io, which Karpenter opened to users in 1.9; until then only well-known labels of it are allowed`
    : undefined;

const kubernetesLabels: ReadonlySet<string> = new Set([
  'beta.kubernetes.io/instance-type',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
  'failure-domain.beta.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'kubernetes.io/arch',
  'kubernetes.io/os',
]);

const awsDomain = 'karpenter.k8s.aws';

/** A key of the AWS provider's domain must be one that the CRD lists; which ones differs by kind and minor. */
export function providerDomain(isListed: (name: string, minor: Minor) => boolean): KeyTest {
  return (key, minor) => {
    if (!isWithin(key, awsDomain)) return undefined;
    if (key.startsWith(`${awsDomain}/`) && isListed(key.slice(awsDomain.length + 1), minor)) return undefined;
    return `"${key}" is in the domain ${awsDomain} and not one of the labels that Karpenter ${minor} allows there`;
  };
}

export function isPoolLabel(name: string, minor: Minor): boolean {
  const since = providerLabels.get(name);
  return since !== undefined && atLeast(minor, since);
}

/** The last patches of 1.0 gave NodeClaims two labels that pools only got with 1.1. */
export function isClaimLabel(name: string, minor: Minor): boolean {
  return providerLabels.get(name) === '1.1' || isPoolLabel(name, minor);
}

/** The list of overlays was never extended, and has what pools had in 1.7 without capacity reservations. */
export function isOverlayLabel(name: string): boolean {
  return isPoolLabel(name, '1.7') && !name.startsWith('capacity-reservation-');
}

const providerLabels: ReadonlyMap<string, Minor> = new Map([
  ['instance-accelerator-count', '1.0'],
  ['instance-accelerator-manufacturer', '1.0'],
  ['instance-accelerator-name', '1.0'],
  ['instance-category', '1.0'],
  ['instance-cpu', '1.0'],
  ['instance-cpu-manufacturer', '1.0'],
  ['instance-ebs-bandwidth', '1.0'],
  ['instance-encryption-in-transit-supported', '1.0'],
  ['instance-family', '1.0'],
  ['instance-generation', '1.0'],
  ['instance-gpu-count', '1.0'],
  ['instance-gpu-manufacturer', '1.0'],
  ['instance-gpu-memory', '1.0'],
  ['instance-gpu-name', '1.0'],
  ['instance-hypervisor', '1.0'],
  ['instance-local-nvme', '1.0'],
  ['instance-memory', '1.0'],
  ['instance-network-bandwidth', '1.0'],
  ['instance-size', '1.0'],
  ['ec2nodeclass', '1.1'],
  ['instance-cpu-sustained-clock-speed-mhz', '1.1'],
  ['capacity-reservation-id', '1.3'],
  ['capacity-reservation-type', '1.6'],
  ['instance-capability-flex', '1.7'],
  ['instance-tenancy', '1.9'],
  ['capacity-reservation-interruptible', '1.10'],
  ['placement-group-id', '1.11'],
  ['placement-group-partition', '1.11'],
]);
