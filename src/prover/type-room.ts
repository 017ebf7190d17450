import { toNano } from '../algebra/quantity.ts';
import type { InstanceType } from '../catalog/instance-type.ts';

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
  return { cpu: amountIn(type, 'allocatable', 'cpu'), memory: amountIn(type, 'allocatable', 'memory') / 1000 / 2 ** 20 };
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
  const known = sizes.get(type);
  if (known !== undefined) return known;
  const { cpu, memory } = roomOf(type);
  const size = cpu * 2 ** 27 + Math.floor(memory);
  sizes.set(type, size);
  return size;
}

/** Many pools launch the same types. */
const sizes = new WeakMap<InstanceType, number>();

/** In thousandths; of a resource that is not in the list, none. */
export function amountIn(type: InstanceType, list: 'capacity' | 'allocatable', resource: string): number {
  const amount = type.amount(list, resource) ?? 0;
  return typeof amount === 'number' ? amount : Number(toNano(amount) / 1_000_000n);
}
