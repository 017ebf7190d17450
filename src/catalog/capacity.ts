import { type Quantity, quantityOf } from '../algebra/quantity.ts';
import type { InstanceTypeInfo } from './instance-type-info.ts';
import { type NodeClassFacts, type ProviderSettings, traitsOf } from './node-class-facts.ts';
import { efaOnly, pods } from './pods.ts';
import { mebibytes, type ResourceList, readQuantity } from './resource-list.ts';

const defaultVmMemoryOverheadPercent = 0.075;
/** Reserved for contiguous allocation on Graviton. */
const cmaMebibytes = 64;
const bytesPerGigabyte = 1_000_000_000;

/** How much of each resource a type has, resource by resource; `undefined` for one that it lacks. */
export type Amounts = ReadonlyMap<string, (info: InstanceTypeInfo) => Quantity | undefined>;

/** computeCapacity of the provider: every resource it knows is there, with 0 where the type has none. */
export function capacities(nodeClass: NodeClassFacts, settings: ProviderSettings): Amounts {
  const { networkInterfaces, amiFamily } = nodeClass;
  const isWindows = traitsOf(amiFamily).windowsBuild !== undefined;
  const privateIpv4 = ({ arch, privateIpv4 }: InstanceTypeInfo): Quantity | undefined =>
    arch === 'amd64' ? quantityOf(privateIpv4) : undefined;
  return new Map<string, (info: InstanceTypeInfo) => Quantity | undefined>([
    ['cpu', ({ vcpus }) => quantityOf(vcpus)],
    ['memory', (info) => memory(info, settings)],
    ['ephemeral-storage', ephemeralStorages(nodeClass)],
    ['pods', (info) => quantityOf(pods(info, nodeClass, settings))],
    ['vpc.amazonaws.com/pod-eni', ({ podEni }) => quantityOf(podEni)],
    ['nvidia.com/gpu', (info) => quantityOf(gpusOf(info, 'nvidia'))],
    ['amd.com/gpu', (info) => quantityOf(gpusOf(info, 'amd'))],
    ['aws.amazon.com/neuron', ({ neurons }) => quantityOf(neurons)],
    ['aws.amazon.com/neuroncore', ({ neuronCores }) => quantityOf(neuronCores)],
    ['habana.ai/gaudi', (info) => quantityOf(gpusOf(info, 'habana'))],
    ['vpc.amazonaws.com/efa', ({ efas }) => quantityOf(networkInterfaces ? efaOnly(nodeClass) : efas)],
    ...(isWindows ? ([['vpc.amazonaws.com/PrivateIPv4Address', privateIpv4]] as const) : []),
  ]);
}

export function capacity(info: InstanceTypeInfo, nodeClass: NodeClassFacts, settings: ProviderSettings): ResourceList {
  return listOf(capacities(nodeClass, settings), info);
}

export function listOf(amounts: Amounts, info: InstanceTypeInfo): ResourceList {
  const list = new Map<string, Quantity>();
  for (const [name, of] of amounts) {
    const quantity = of(info);
    if (quantity) list.set(name, quantity);
  }
  return list;
}

/** EC2's memory less what the virtual machine itself takes, in whole MiB; the order of the float operations is the provider's. */
export function memory({ memoryMib, arch }: InstanceTypeInfo, { vmMemoryOverheadPercent }: ProviderSettings): Quantity {
  const usable = arch === 'arm64' ? memoryMib - cmaMebibytes : memoryMib;
  const share = vmMemoryOverheadPercent ?? defaultVmMemoryOverheadPercent;
  return mebibytes(usable - Math.ceil((usable * 1024 * 1024 * share) / 1024 / 1024));
}

/**
 * The volume or instance store that pods' data lies on. The provider looks at the first mapping that is the root volume or
 * names the family's device, and falls through to the default when that one says no size.
 */
export function ephemeralStorages(nodeClass: NodeClassFacts): (info: InstanceTypeInfo) => Quantity {
  const { amiFamily, blockDeviceMappings = [], instanceStorePolicy } = nodeClass;
  const { podDevice, podVolumeSize } = traitsOf(amiFamily);
  const root = blockDeviceMappings.find(({ rootVolume }) => rootVolume);
  const ofPods =
    amiFamily === 'Custom' ? blockDeviceMappings.at(-1) : blockDeviceMappings.find(({ deviceName }) => deviceName === podDevice);
  const ofVolumes =
    readQuantity(root?.volumeSize) ?? readQuantity(ofPods?.volumeSize) ?? readQuantity(podVolumeSize) ?? quantityOf(0);
  return ({ nvmeGb }) =>
    instanceStorePolicy === 'RAID0' && nvmeGb !== undefined ? quantityOf(nvmeGb * bytesPerGigabyte) : ofVolumes;
}

function gpusOf({ gpuManufacturer, gpus }: InstanceTypeInfo, manufacturer: string): number {
  return gpuManufacturer === manufacturer ? gpus : 0;
}
