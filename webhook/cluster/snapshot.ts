import { setMaxListeners } from 'node:events';
import { type Level, resources } from './access.ts';
import type { ApiServer } from './api-server.ts';
import { type Pace, steady } from './pace.ts';
import { type KindState, type Mishap, Reflector } from './reflector.ts';

/** What is known of a cluster right now, kept up to date in the background. Asking costs no call. */
export interface Snapshot {
  readonly level: Level | 'none';
  /** Every object that was read; undefined until each kind was listed once, and always at level `none`. Equal between changes. */
  objects(): readonly unknown[] | undefined;
  /** Seconds since the stalest kind was last known to be current; infinite until all were. `now` in milliseconds. */
  ageSeconds(now: number): number;
  /** Changes with every change of what `objects` gives. */
  readonly version: number;
  /** How each kind fares: for metrics, and for whoever must not take "not allowed to look" for "not there". */
  kinds(): readonly KindState[];
  stop(): void;
}

export interface SnapshotOptions {
  /** Told of whatever goes wrong; it is being put right already. */
  readonly onMishap?: (mishap: Mishap) => void;
  readonly pace?: Pace;
}

/** Begins to list and watch; never rejects, since it goes on trying. */
export function startSnapshot(api: ApiServer, level: Level | 'none', options: SnapshotOptions = {}): Snapshot {
  const stopped = new AbortController();
  // Every kind listens to it, more than once.
  setMaxListeners(0, stopped.signal);
  let version = 0;
  let held: { readonly version: number; readonly objects: readonly unknown[] } | undefined;
  const shared = {
    api,
    pace: options.pace ?? steady,
    signal: stopped.signal,
    onMishap: options.onMishap ?? (() => undefined),
    onChange: () => {
      version++;
    },
  };
  const reflectors = level === 'none' ? [] : resources[level].map((resource) => new Reflector({ ...shared, resource }));
  for (const reflector of reflectors) void reflector.run();
  return {
    level,
    get version() {
      return version;
    },
    objects: () => {
      if (level === 'none' || reflectors.some(({ state }) => state.standing === 'unknown')) return undefined;
      if (held?.version !== version) held = { version, objects: reflectors.flatMap(({ objects }) => objects) };
      return held.objects;
    },
    ageSeconds: (now) => {
      if (level === 'none') return Number.POSITIVE_INFINITY;
      const ages = reflectors.map(({ state }) => ageOf(state, now));
      return Math.max(0, ...ages);
    },
    kinds: () => reflectors.map(({ state }) => state),
    stop: () => stopped.abort(),
  };
}

/** Of a kind that may not be read, or is not served, nothing can grow old. */
function ageOf({ standing, currentAt }: KindState, now: number): number {
  if (standing === 'forbidden' || standing === 'not-served') return 0;
  return currentAt === undefined ? Number.POSITIVE_INFINITY : (now - currentAt) / 1000;
}
