import { milliQuantity, type Quantity, quantityOf, toNano, wholeOf } from '../algebra/quantity.ts';
import { ephemeralStorage, memory } from './capacity.ts';
import type { InstanceTypeInfo } from './instance-type-info.ts';
import { type NodeClassFacts, type ProviderSettings, traitsOf } from './node-class-facts.ts';
import { eniLimitedPods, pods } from './pods.ts';
import { mebibytes, type ResourceList, readQuantities, readQuantity } from './resource-list.ts';

/** What a node keeps from pods. */
export interface Overhead {
  readonly kubeReserved: ResourceList;
  readonly systemReserved: ResourceList;
  readonly evictionThreshold: ResourceList;
}

/** Shares of a core that the kubelet keeps, by bands in thousandths of a core. */
const cpuBands: readonly (readonly [start: number, end: number, share: number])[] = [
  [0, 1000, 0.06],
  [1000, 2000, 0.01],
  [2000, 4000, 0.005],
  [4000, 2 ** 31, 0.0025],
];

/** As the provider computes it since 1.9; evictionSoft, which counted before, does not. */
export function overhead(info: InstanceTypeInfo, nodeClass: NodeClassFacts, settings: ProviderSettings): Overhead {
  const { kubeReserved, systemReserved, evictionHard = {} } = nodeClass.kubelet ?? {};
  const podCount = traitsOf(nodeClass.amiFamily).eniLimitedMemoryOverhead
    ? eniLimitedPods(info, nodeClass, 0)
    : pods(info, nodeClass, settings);
  const capacityMemory = memory(info, settings);
  const storage = ephemeralStorage(info, nodeClass);
  return {
    kubeReserved: new Map([
      ['memory', mebibytes(11 * podCount + 255)],
      ['ephemeral-storage', mebibytes(1024)],
      ['cpu', reservedCpu(info.vcpus)],
      ...readQuantities(kubeReserved),
    ]),
    systemReserved: readQuantities(systemReserved),
    evictionThreshold: new Map([
      ['memory', signal(capacityMemory, evictionHard['memory.available']) ?? mebibytes(100)],
      ['ephemeral-storage', signal(storage, evictionHard['nodefs.available']) ?? tenth(storage)],
    ]),
  };
}

function reservedCpu(vcpus: number): Quantity {
  const milli = vcpus * 1000;
  const reserved = cpuBands.map(([start, end, share]) =>
    milli >= start ? Math.trunc((Math.min(milli, end) - start) * share) : 0,
  );
  return milliQuantity(reserved.reduce((sum, band) => sum + band, 0));
}

function tenth(storage: Quantity): Quantity {
  return quantityOf(Math.ceil((Number(wholeOf(storage)) / 100) * 10));
}

/** An eviction threshold: an amount, or a percentage of the capacity rounded up, of which exactly 100 switches it off. */
function signal(of: Quantity, value: string | undefined): Quantity | undefined {
  if (!value?.endsWith('%')) return readQuantity(value);
  const number = value.replace(/^%+/, '').replace(/%+$/, '');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(number)) return undefined;
  const percent = Number(number) === 100 ? 0 : Number(number);
  const threshold = Math.ceil((approximate(of) / 100) * percent);
  return Number.isFinite(threshold) ? quantityOf(BigInt(threshold)) : undefined;
}

function approximate({ amount }: Quantity): number {
  return Number(toNano(amount)) / 1e9;
}
