import { setTimeout as sleep } from 'node:timers/promises';
import type { Resource } from './access.ts';
import type { ApiServer } from './api-server.ts';
import { type Ending, type Following, follow } from './follow.ts';
import { kept } from './kept.ts';
import { listServed, type Refusal, type Served } from './list-all.ts';
import { type Pace, waitAfter } from './pace.ts';
import { type HeldEntry, type Store, store } from './store.ts';
import { Unreachable } from './unreachable.ts';

export interface KindState {
  readonly kind: string;
  readonly group: string;
  /** `unknown` until it was listed once. */
  readonly standing: 'unknown' | 'read' | 'forbidden' | 'not-served';
  readonly objects: number;
  /** When it was last known to be current: listed, or heard of on an open watch. Milliseconds since the epoch. */
  readonly currentAt: number | undefined;
  /** Failures in a row; 0 while all is well. */
  readonly failures: number;
}

/** Something that went wrong with one kind, and is being put right. */
export interface Mishap {
  readonly kind: string;
  readonly message: string;
}

export interface Reflecting {
  readonly api: ApiServer;
  readonly resource: Resource;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly onChange: () => void;
  readonly onMishap: (mishap: Mishap) => void;
}

/** After so many watches in a row that failed the version from which they begin is suspected, and all is listed again. */
const SUSPICIOUS = 3;

/** A watch that the server closes within this time (milliseconds) counts as failed. */
const HASTY = 1000;

/** Keeps one kind in step with the API server: lists, follows, lists again, whatever the server does, until the signal ends it. */
export class Reflector {
  readonly #with: Reflecting;
  readonly #held: Store;
  #standing: KindState['standing'] = 'unknown';
  #currentAt: number | undefined;
  #failures = 0;

  constructor(reflecting: Reflecting) {
    this.#with = reflecting;
    this.#held = store((object, version) => kept(object, reflecting.resource, version));
  }

  get objects(): readonly unknown[] {
    return this.#held.objects();
  }

  get state(): KindState {
    const { kind, group } = this.#with.resource;
    const standing = this.#standing;
    return { kind, group, standing, objects: this.#held.size, currentAt: this.#currentAt, failures: this.#failures };
  }

  async run(): Promise<void> {
    const { signal } = this.#with;
    while (!signal.aborted) {
      try {
        await this.#attempt();
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  async #attempt(): Promise<void> {
    try {
      await this.#round();
    } catch (error) {
      if (this.#with.signal.aborted || !(error instanceof Unreachable)) throw error;
      await this.#fail(error.message);
    }
  }

  /** One list and the watches that follow it. */
  async #round(): Promise<void> {
    const { api, resource, pace, signal, onChange } = this.#with;
    // Page by page only what is held of it: all pods of a large cluster at once would not fit into a serving pod.
    const keep = (items: readonly unknown[], version: string) => this.#held.entries(items, version);
    const listed = await listServed(api, resource, { page: pace.page, signal, keep });
    if ('refused' in listed) return this.#refuse(listed.refused);
    this.#adopt(listed);
    const due = Date.now() + pace.relist * (0.9 + Math.random() / 5);
    let broken = 0;
    const onWord = (): void => {
      this.#currentAt = Date.now();
      this.#failures = 0;
      broken = 0;
    };
    const { path, version } = listed;
    const following = { api, path, version, pace, signal, held: this.#held, onWord, onChange };
    let from: string | undefined = listed.resourceVersion;
    while (from !== undefined && Date.now() < due && broken < SUSPICIOUS) {
      const ending: Ending = await this.#follow(following, from, due);
      if (ending.fault !== undefined) {
        broken++;
        await this.#fail(ending.fault);
      }
      from = ending.from;
    }
  }

  /** One watch. A server that ends it at once would be asked without pause, so that counts as a fault too. */
  async #follow(following: Following, from: string, due: number): Promise<Ending> {
    const opened = Date.now();
    const hasty = Math.min(HASTY, following.pace.watch / 2);
    const settled = setTimeout(() => {
      this.#failures = 0;
    }, hasty);
    try {
      const ending = await follow(following, from, due - opened);
      const isTold = ending.fault !== undefined || ending.isOver || Date.now() - opened >= hasty;
      return isTold ? ending : { ...ending, fault: 'the watch was closed as soon as it was opened' };
    } finally {
      clearTimeout(settled);
    }
  }

  #adopt({ items }: Served<HeldEntry>): void {
    const { onChange } = this.#with;
    const isNew = this.#standing !== 'read';
    this.#standing = 'read';
    this.#currentAt = Date.now();
    if (this.#held.replace(items) || isNew) onChange();
  }

  async #refuse({ status, message }: Refusal): Promise<void> {
    if (status !== 403 && status !== 404) return this.#fail(message);
    const { resource, pace, signal, onChange, onMishap } = this.#with;
    const standing = status === 403 ? 'forbidden' : 'not-served';
    if (this.#standing !== standing) {
      this.#standing = standing;
      this.#held.replace([]);
      onChange();
      if (!(status === 404 && resource.isAddOn)) onMishap({ kind: resource.kind, message });
    }
    this.#failures = 0;
    await sleep(pace.refused, undefined, { signal });
  }

  async #fail(message: string): Promise<void> {
    const { resource, pace, signal, onMishap } = this.#with;
    this.#failures++;
    onMishap({ kind: resource.kind, message });
    await sleep(waitAfter(this.#failures, pace), undefined, { signal });
  }
}
