import { UsageError } from '../usage-error.ts';

/** One of several equal jobs over one cluster: all read everything, each speaks of its part. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

const MOST = 1000;

/** `--shard 2/5`. */
export function shardFrom(said: string | undefined): Shard | undefined {
  if (said === undefined) return undefined;
  const [, index, count] = (/^(\d+)\/(\d+)$/.exec(said) ?? []).map(Number);
  if (!index || !count || index > count || count > MOST)
    throw new UsageError(`--shard: "${said}" is not a part such as 1/4 (of at most ${MOST})`);
  return { index, count };
}

/** As a part of names and a value of labels: `2-of-5`. */
export function shardName({ index, count }: Shard): string {
  return `${index}-of-${count}`;
}

/** Whether a shard speaks of an object, which is named by what stands for its file; every one belongs to exactly one shard. */
export function isIn(shard: Shard | undefined, file: string): boolean {
  return shard === undefined || hash(file) % shard.count === shard.index - 1;
}

/** FNV-1a: equal on every machine and in every version. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  // The low bits of short texts that differ in one letter are too much alike.
  return (value ^ (value >>> 15)) >>> 0;
}
