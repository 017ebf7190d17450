import type { InstanceTypeInfo } from './instance-type-info.ts';
import { type NodeClassFacts, type ProviderSettings, traitsOf } from './node-class-facts.ts';

/** Where interfaces do not limit them. */
const defaultPods = 110;

/** How many pods Karpenter thinks a node can hold. */
export function pods(info: InstanceTypeInfo, nodeClass: NodeClassFacts, settings: ProviderSettings): number {
  const { maxPods, podsPerCore } = nodeClass.kubelet ?? {};
  const family = traitsOf(nodeClass.amiFamily);
  const limited = family.eniLimitedPodDensity ? eniLimitedPods(info, nodeClass, settings.reservedEnis ?? 0) : defaultPods;
  const count = maxPods ?? limited;
  return podsPerCore && podsPerCore > 0 && family.podsPerCore ? Math.min(podsPerCore * info.vcpus, count) : count;
}

/**
 * Pods by the addresses of the default network card's interfaces. An efa-only interface of that card takes one away. A type
 * whose interfaces are in no table keeps the number that Karpenter's documentation prints for it.
 */
export function eniLimitedPods(info: InstanceTypeInfo, nodeClass: NodeClassFacts, reservedEnis: number): number {
  const { interfacesOfDefaultCard, ipv4PerInterface, podsWithoutLimits } = info;
  if (interfacesOfDefaultCard === undefined || ipv4PerInterface === undefined) return podsWithoutLimits ?? 0;
  const usable = Math.max(interfacesOfDefaultCard - reservedEnis - efaOnly(nodeClass, 0), 0);
  return usable === 0 ? 0 : usable * (ipv4PerInterface - 1) + 2;
}

/** The class's efa-only interfaces, on one network card or on all. */
export function efaOnly({ networkInterfaces }: NodeClassFacts, card?: number): number {
  if (!networkInterfaces) return 0;
  const wanted = networkInterfaces.filter(({ interfaceType }) => interfaceType === 'efa-only');
  return wanted.filter(({ networkCardIndex }) => card === undefined || networkCardIndex === card).length;
}
