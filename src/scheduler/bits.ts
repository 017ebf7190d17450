/** A set of small integers: places of instance types in their table. Sets that are shared must not be changed. */
export type Bits = Int32Array;

export function noBits(size: number): Bits {
  return new Int32Array((size + 31) >>> 5);
}

export function allBits(size: number): Bits {
  const bits = noBits(size).fill(-1);
  const rest = size & 31;
  if (rest > 0) bits[bits.length - 1] = (1 << rest) - 1;
  return bits;
}

export function setBit(bits: Bits, place: number): void {
  bits[place >>> 5] = (bits[place >>> 5] as number) | (1 << (place & 31));
}

export function hasBit(bits: Bits, place: number): boolean {
  return ((bits[place >>> 5] as number) & (1 << (place & 31))) !== 0;
}

export function intersectBits(a: Bits, b: Bits): Bits {
  const result = new Int32Array(a.length);
  for (let word = 0; word < a.length; word++) result[word] = (a[word] as number) & (b[word] as number);
  return result;
}

export function subtractBits(a: Bits, b: Bits): Bits {
  const result = new Int32Array(a.length);
  for (let word = 0; word < a.length; word++) result[word] = (a[word] as number) & ~(b[word] as number);
  return result;
}

/** Takes from the first what the second lacks. */
export function keepBits(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] as number) & (other[word] as number);
}

/** Takes from the first what the second has. */
export function dropBits(bits: Bits, other: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] as number) & ~(other[word] as number);
}

export function addBits(bits: Bits, more: Bits): void {
  for (let word = 0; word < bits.length; word++) bits[word] = (bits[word] as number) | (more[word] as number);
}

export function meetBits(a: Bits, b: Bits): boolean {
  for (let word = 0; word < a.length; word++) if (((a[word] as number) & (b[word] as number)) !== 0) return true;
  return false;
}

export function isEmptyBits(bits: Bits): boolean {
  for (let word = 0; word < bits.length; word++) if (bits[word] !== 0) return false;
  return true;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) for (let rest = bits[word] as number; rest !== 0; rest &= rest - 1) count++;
  return count;
}

export function placesOf(bits: Bits): number[] {
  const places: number[] = [];
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word] as number; rest !== 0; rest &= rest - 1) places.push((word << 5) + 31 - Math.clz32(rest & -rest));
  }
  return places;
}
