import { type FSWatcher, watch } from 'node:fs';

/** Kubernetes swaps a mounted folder by a symbolic link in it: whoever watches a file sees that only once, so folders are watched. */
export interface Watching {
  stop(): void;
}

/** A minute after which one looks in any case: a watch can be lost without a word. */
const POLL = 60_000;
/** A swap is several events. */
const SETTLE = 100;

/** Calls back some time after anything has changed in the folders, and each minute. */
export function watchFolders(folders: readonly string[], look: () => void, poll: number = POLL): Watching {
  let settling: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(settling);
    settling = setTimeout(look, SETTLE);
  };
  const watchers = [...new Set(folders)].flatMap((folder) => watcherOf(folder, soon));
  const polling = setInterval(look, poll);
  return {
    stop: () => {
      clearTimeout(settling);
      clearInterval(polling);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Where watching fails (too many watches, a file system that has none) the poll has to do. */
function watcherOf(folder: string, changed: () => void): readonly FSWatcher[] {
  try {
    const watcher = watch(folder, changed);
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}
