import type { InstanceTypeInfo } from './instance-type-info.ts';
import type { NodeClassFacts } from './node-class-facts.ts';
import { efaOnly } from './pods.ts';

/**
 * Whether a node class can use a type at all; where not, the type stays in the list with nothing to launch. `undefined` where
 * the tables do not say: they lack whether a type takes ENA interfaces (all Nitro types do) and, of eight types, the cards.
 * Nested virtualization, Nitro Enclaves and placement groups are in no table either and are not looked at.
 */
export function isCompatible(info: InstanceTypeInfo, nodeClass: NodeClassFacts): boolean | undefined {
  if (nodeClass.amiFamily === 'AL2023' && info.name.startsWith('a1.')) return false;
  if (nodeClass.connectionTracking && info.hypervisor !== 'nitro') return false;
  return takesInterfaces(info, nodeClass);
}

function takesInterfaces(info: InstanceTypeInfo, nodeClass: NodeClassFacts): boolean | undefined {
  const { networkInterfaces } = nodeClass;
  if (!networkInterfaces) return true;
  if (efaOnly(nodeClass) > info.efas) return false;
  const cards = info.interfacesPerCard;
  if (!cards) return undefined;
  const fits = networkInterfaces.every(({ networkCardIndex, deviceIndex }) => (cards[networkCardIndex] ?? 0) > deviceIndex);
  if (!fits) return false;
  return info.hypervisor === 'xen' ? undefined : true;
}
