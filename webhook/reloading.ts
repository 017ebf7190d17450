import { type Watching, watchFolders } from './watch-folders.ts';

/** Something read from disk that may change, of which the last good state counts. */
export interface Reloading<T> {
  readonly current: () => T;
  /** Looks now. Says what is wrong, if anything is. */
  look(): Promise<string | undefined>;
  stop(): void;
}

/** What was read; `identity` is equal where nothing has changed, and only what has changed is made ready. A fault is a sentence. */
export type Loaded<T> =
  | { readonly identity: string; readonly folders: readonly string[]; make(): Promise<T> }
  | { readonly fault: string };

export interface ReloadOptions<T> {
  readonly load: () => Promise<Loaded<T>>;
  readonly onGood: (value: T) => void;
  readonly onBad: (fault: string) => void;
  readonly poll?: number | undefined;
}

/** Reads once, and again whenever something changes beside the files. A fault at the first reading is the caller's to tell. */
export async function reloading<T>(options: ReloadOptions<T>): Promise<Reloading<T> | { readonly fault: string }> {
  const first = await options.load();
  if ('fault' in first) return first;
  let { identity, folders } = first;
  let value = await first.make();
  let lastFault: string | undefined;
  let isStopped = false;
  let isLooking: Promise<string | undefined> | undefined;

  const lookNow = async (): Promise<string | undefined> => {
    const next = await options.load();
    if ('fault' in next) {
      if (next.fault !== lastFault) options.onBad(next.fault);
      lastFault = next.fault;
      return next.fault;
    }
    lastFault = undefined;
    if (next.identity === identity) return undefined;
    value = await next.make();
    ({ identity } = next);
    if (!isStopped && next.folders.join('\0') !== folders.join('\0')) {
      ({ folders } = next);
      watching.stop();
      watching = watchAgain();
    }
    options.onGood(value);
    return undefined;
  };
  // One at a time; a look that was asked for during another begins after it.
  const look = (): Promise<string | undefined> => {
    const begun: Promise<string | undefined> = (isLooking ?? Promise.resolve()).then(lookNow).finally(() => {
      if (isLooking === begun) isLooking = undefined;
    });
    isLooking = begun;
    return begun;
  };
  const watchAgain = (): Watching => watchFolders(folders, () => void look(), options.poll);
  let watching = watchAgain();
  options.onGood(value);
  return {
    current: () => value,
    look,
    stop: () => {
      isStopped = true;
      watching.stop();
    },
  };
}
