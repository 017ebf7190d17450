import { type Quantity, quantityOf } from '../algebra/quantity.ts';
import type { InstanceTypeInfo } from './instance-type-info.ts';
import { type NodeClassFacts, type ProviderSettings, traitsOf } from './node-class-facts.ts';
import { efaOnly, pods } from './pods.ts';
import { mebibytes, type ResourceList, readQuantity } from './resource-list.ts';

const defaultVmMemoryOverheadPercent = 0.075;
/** Reserved for contiguous allocation on Graviton. */
const cmaMebibytes = 64;
const bytesPerGigabyte = 1_000_000_000;

/** computeCapacity of the provider: every resource it knows is there, with 0 where the type has none. */
export function capacity(info: InstanceTypeInfo, nodeClass: NodeClassFacts, settings: ProviderSettings): ResourceList {
  const { networkInterfaces, amiFamily } = nodeClass;
  const list = new Map<string, Quantity>([
    ['cpu', quantityOf(info.vcpus)],
    ['memory', memory(info, settings)],
    ['ephemeral-storage', ephemeralStorage(info, nodeClass)],
    ['pods', quantityOf(pods(info, nodeClass, settings))],
    ['vpc.amazonaws.com/pod-eni', quantityOf(info.podEni)],
    ['nvidia.com/gpu', quantityOf(gpusOf(info, 'nvidia'))],
    ['amd.com/gpu', quantityOf(gpusOf(info, 'amd'))],
    ['aws.amazon.com/neuron', quantityOf(info.neurons)],
    ['aws.amazon.com/neuroncore', quantityOf(info.neuronCores)],
    ['habana.ai/gaudi', quantityOf(gpusOf(info, 'habana'))],
    ['vpc.amazonaws.com/efa', quantityOf(networkInterfaces ? efaOnly(nodeClass) : info.efas)],
  ]);
  const isWindows = traitsOf(amiFamily).windowsBuild !== undefined && info.arch === 'amd64';
  if (isWindows) list.set('vpc.amazonaws.com/PrivateIPv4Address', quantityOf(info.privateIpv4));
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
export function ephemeralStorage({ nvmeGb }: InstanceTypeInfo, nodeClass: NodeClassFacts): Quantity {
  const { amiFamily, blockDeviceMappings = [], instanceStorePolicy } = nodeClass;
  if (instanceStorePolicy === 'RAID0' && nvmeGb !== undefined) return quantityOf(nvmeGb * bytesPerGigabyte);
  const { podDevice, podVolumeSize } = traitsOf(amiFamily);
  const root = blockDeviceMappings.find(({ rootVolume }) => rootVolume);
  const ofPods =
    amiFamily === 'Custom' ? blockDeviceMappings.at(-1) : blockDeviceMappings.find(({ deviceName }) => deviceName === podDevice);
  return readQuantity(root?.volumeSize) ?? readQuantity(ofPods?.volumeSize) ?? readQuantity(podVolumeSize) ?? quantityOf(0);
}

function gpusOf({ gpuManufacturer, gpus }: InstanceTypeInfo, manufacturer: string): number {
  return gpuManufacturer === manufacturer ? gpus : 0;
}
