import { toNano } from '../algebra/quantity.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { ResourceList } from '../catalog/resource-list.ts';

/** Thousandths of a cpu and mebibytes. */
export interface Room {
  readonly cpu: number;
  readonly memory: number;
}

/** Of a type with 2 vCPUs and 8 GiB, for a pool that launches nothing: its pods still have to be asked about. */
const common: Room = { cpu: 1900, memory: 7000 };

/** What pods can use of a type. */
export function roomOf(type: InstanceType | undefined): Room {
  if (!type) return common;
  const { allocatable } = type;
  return { cpu: amountIn(allocatable, 'cpu'), memory: amountIn(allocatable, 'memory') / 1000 / 2 ** 20 };
}

/** The lower of the two in the middle, by cpu, memory, name. */
export function middleOf(types: readonly InstanceType[]): InstanceType | undefined {
  const sizes = types.map(sizeOf);
  const size = Float64Array.from(sizes).sort()[(types.length - 1) >> 1];
  const equals = types.filter((_, index) => sizes[index] === size);
  return equals.reduce<InstanceType | undefined>((first, type) => (first && first.name < type.name ? first : type), undefined);
}

/** One number that orders by cpu, then by memory below 128 TiB. */
function sizeOf(type: InstanceType): number {
  const { cpu, memory } = roomOf(type);
  return cpu * 2 ** 27 + Math.floor(memory);
}

/** In thousandths; of a resource that is not in the list, none. */
export function amountIn(list: ResourceList, resource: string): number {
  const amount = list.get(resource)?.amount ?? 0;
  return typeof amount === 'number' ? amount : Number(toNano(amount) / 1_000_000n);
}
