import type { Pod } from '../model/cluster/pod.ts';
import type { PodShape } from './pod-shape.ts';
import type { Refusal } from './refusal.ts';
import type { OwnedGroups } from './topology.ts';

/** A pod as it was placed: preferences that had to be given up are gone. */
export interface ScheduledPod {
  readonly key: string;
  readonly pod: Pod;
  readonly shape: PodShape;
  readonly owned: OwnedGroups;
}

/** A pod that waits for its place. */
export interface QueuedPod {
  readonly key: string;
  readonly pod: Pod;
  readonly shape: PodShape;
  /** False until its topology groups are made: they are not at first if its storage could not be looked up. */
  registered: boolean;
  /** Length of the queue when it was last put back. */
  lastLength: number;
}

/** Why a pod has no place: the refusal of each NodeClaim template in turn, or one that stands for all. */
export interface Refusals {
  readonly refusals: readonly PoolRefusal[];
}

export interface PoolRefusal {
  /** Absent where no pool was asked. */
  readonly nodePool: string | undefined;
  readonly refusal: Refusal;
}

/** Largest first, so that the small ones fill what is left. Ends when a whole round has placed nobody. */
export class Queue {
  #pods: QueuedPod[];
  #head = 0;

  constructor(pods: readonly QueuedPod[]) {
    const order = pods.map(ranked).sort(byCpuAndMemoryDescending);
    this.#pods = order.map(({ pod }) => pod);
  }

  pop(): QueuedPod | undefined {
    const pod = this.#pods[this.#head];
    if (!pod || pod.lastLength === this.#length) return undefined;
    this.#head++;
    return pod;
  }

  push(pod: QueuedPod): void {
    this.#pods.push(pod);
    pod.lastLength = this.#length;
    if (this.#head > this.#pods.length / 2) {
      this.#pods = this.#pods.slice(this.#head);
      this.#head = 0;
    }
  }

  get #length(): number {
    return this.#pods.length - this.#head;
  }
}

interface Ranked {
  readonly pod: QueuedPod;
  readonly cpu: number;
  readonly memory: number;
  readonly age: number;
  readonly uid: string;
}

function ranked(pod: QueuedPod): Ranked {
  const { metadata } = pod.pod;
  return {
    pod,
    cpu: pod.shape.amount('cpu'),
    memory: pod.shape.amount('memory'),
    age: metadata.creationTimestamp ?? 0,
    uid: metadata.uid ?? pod.key,
  };
}

/** Among equals the older, then the smaller uid. Other resources, such as GPUs, do not count. */
function byCpuAndMemoryDescending(a: Ranked, b: Ranked): number {
  return b.cpu - a.cpu || b.memory - a.memory || a.age - b.age || compareText(a.uid, b.uid);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
