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
    this.#pods = [...pods].sort(byCpuAndMemoryDescending);
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

/** Among equals the older, then the smaller uid. Other resources, such as GPUs, do not count. */
function byCpuAndMemoryDescending(a: QueuedPod, b: QueuedPod): number {
  for (const resource of ['cpu', 'memory']) {
    const difference = amount(b, resource) - amount(a, resource);
    if (difference !== 0) return difference;
  }
  const age = (a.pod.metadata.creationTimestamp ?? 0) - (b.pod.metadata.creationTimestamp ?? 0);
  return age === 0 ? compareText(a.pod.metadata.uid ?? a.key, b.pod.metadata.uid ?? b.key) : age;
}

function amount({ shape }: QueuedPod, resource: string): number {
  return shape.amount(resource);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
