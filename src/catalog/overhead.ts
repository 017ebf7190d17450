import { milliQuantity, type Quantity, quantityOf, toNano, wholeOf } from '../algebra/quantity.ts';
import { type Amounts, ephemeralStorages, listOf, memory } from './capacity.ts';
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

/** The same, resource by resource. */
export type Overheads = { readonly [Part in keyof Overhead]: Amounts };

/** Shares of a core that the kubelet keeps, by bands in thousandths of a core. */
const cpuBands: readonly (readonly [start: number, end: number, share: number])[] = [
  [0, 1000, 0.06],
  [1000, 2000, 0.01],
  [2000, 4000, 0.005],
  [4000, 2 ** 31, 0.0025],
];

/** As the provider computes it since 1.9; evictionSoft, which counted before, does not. */
export function overheads(nodeClass: NodeClassFacts, settings: ProviderSettings): Overheads {
  const { kubeReserved, systemReserved, evictionHard = {} } = nodeClass.kubelet ?? {};
  const followsInterfaces = traitsOf(nodeClass.amiFamily).eniLimitedMemoryOverhead;
  const podCount = (info: InstanceTypeInfo): number =>
    followsInterfaces ? eniLimitedPods(info, nodeClass, 0) : pods(info, nodeClass, settings);
  const storageOf = ephemeralStorages(nodeClass);
  // Most types of a class have the same volume.
  const kept = new WeakMap<Quantity, Quantity>();
  const storageKept = (storage: Quantity): Quantity => {
    const threshold = kept.get(storage) ?? signal(storage, evictionHard['nodefs.available']) ?? tenth(storage);
    kept.set(storage, threshold);
    return threshold;
  };
  // A few sizes for hundreds of types.
  const byCpus = new Map<number, Quantity>();
  const cpuKept = (vcpus: number): Quantity => {
    const reserved = byCpus.get(vcpus) ?? reservedCpu(vcpus);
    byCpus.set(vcpus, reserved);
    return reserved;
  };
  return {
    kubeReserved: new Map([
      ['memory', (info) => mebibytes(11 * podCount(info) + 255)],
      ['ephemeral-storage', () => mebibytes(1024)],
      ['cpu', ({ vcpus }) => cpuKept(vcpus)],
      ...always(readQuantities(kubeReserved)),
    ]),
    systemReserved: always(readQuantities(systemReserved)),
    evictionThreshold: new Map([
      ['memory', (info) => signal(memory(info, settings), evictionHard['memory.available']) ?? mebibytes(100)],
      ['ephemeral-storage', (info) => storageKept(storageOf(info))],
    ]),
  };
}

export function overhead(info: InstanceTypeInfo, nodeClass: NodeClassFacts, settings: ProviderSettings): Overhead {
  return overheadOf(overheads(nodeClass, settings), info);
}

export function overheadOf({ kubeReserved, systemReserved, evictionThreshold }: Overheads, info: InstanceTypeInfo): Overhead {
  return {
    kubeReserved: listOf(kubeReserved, info),
    systemReserved: listOf(systemReserved, info),
    evictionThreshold: listOf(evictionThreshold, info),
  };
}

/** Whatever the type. */
function always(list: ResourceList): Amounts {
  return new Map([...list].map(([name, quantity]) => [name, () => quantity]));
}

function reservedCpu(vcpus: number): Quantity {
  const milli = vcpus * 1000;
  let reserved = 0;
  for (const [start, end, share] of cpuBands) if (milli >= start) reserved += Math.trunc((Math.min(milli, end) - start) * share);
  return milliQuantity(reserved);
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
