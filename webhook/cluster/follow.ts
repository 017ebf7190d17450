import type { ApiServer } from './api-server.ts';
import { resourceVersionOf } from './kept.ts';
import { messageOf } from './list-all.ts';
import type { Pace } from './pace.ts';
import type { Store } from './store.ts';
import { Unreachable } from './unreachable.ts';

export interface Following {
  readonly api: ApiServer;
  /** The collection, `/apis/apps/v1/deployments`. */
  readonly path: string;
  /** In which the objects come. */
  readonly version: string;
  readonly pace: Pace;
  readonly signal: AbortSignal;
  readonly held: Store;
  /** Called for every word of the server, a bookmark too. */
  readonly onWord: () => void;
  readonly onChange: () => void;
}

/** How one watch ended. */
export interface Ending {
  /** The version up to which everything was heard; undefined where only a new list helps. */
  readonly from: string | undefined;
  /** What went wrong; absent if the server closed the watch in good order, or the time was over. */
  readonly fault?: string;
  readonly isOver?: true;
}

/** Follows one kind over one watch, into the store, until the server ends it or `milliseconds` are over. Rejects only where the signal says so. */
export async function follow(following: Following, since: string, milliseconds: number): Promise<Ending> {
  const { api, path, pace, signal, onWord } = following;
  signal.throwIfAborted();
  const cut = new AbortController();
  const cutShort = (): void => cut.abort(signal.reason);
  signal.addEventListener('abort', cutShort, { once: true });
  let isOver: true | undefined;
  const alarm = setTimeout(() => cut.abort(), pace.silence);
  const end = setTimeout(() => {
    isOver = true;
    cut.abort();
  }, milliseconds);
  const query = `watch=1&allowWatchBookmarks=true&timeoutSeconds=${Math.ceil(pace.watch / 1000)}`;
  let from = since;
  try {
    for await (const event of api.watch(`${path}?${query}&resourceVersion=${encodeURIComponent(since)}`, cut.signal)) {
      alarm.refresh();
      const heard = take(event, following);
      if (heard.from === undefined) return heard;
      from = heard.from;
      onWord();
    }
    return { from };
  } catch (error) {
    if (signal.aborted) throw error;
    if (isOver) return { from, isOver };
    if (cut.signal.aborted) return { from, fault: `the watch has been silent for ${pace.silence / 1000} s` };
    if (!(error instanceof Unreachable)) throw error;
    return { from, fault: error.message };
  } finally {
    clearTimeout(alarm);
    clearTimeout(end);
    signal.removeEventListener('abort', cutShort);
  }
}

function take(event: unknown, { held, version, onChange }: Following): Ending {
  const { type, object } = (event ?? {}) as { readonly type?: unknown; readonly object?: unknown };
  if (type === 'ERROR') return { from: undefined, fault: messageOf(object, 0) };
  const from = resourceVersionOf(object);
  if (from === undefined || !known.has(type)) return { from: undefined, fault: 'the watch sends what is no event' };
  if (type !== 'BOOKMARK' && (type === 'DELETED' ? held.remove(object) : held.put(object, version))) onChange();
  return { from };
}

const known: ReadonlySet<unknown> = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK']);
