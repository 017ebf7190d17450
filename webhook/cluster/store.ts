import { isDeepStrictEqual } from 'node:util';
import { identityIn, resourceVersionOf } from './kept.ts';

/** The objects of one kind, by namespace and name, as they are held. */
export interface Store {
  /** What would be held of objects of a list, for `replace`. */
  entries(objects: readonly unknown[], version: string): readonly HeldEntry[];
  /** This and the next two say whether anything changed by it. */
  replace(entries: readonly HeldEntry[]): boolean;
  put(object: unknown, version: string): boolean;
  remove(object: unknown): boolean;
  objects(): readonly unknown[];
  readonly size: number;
}

export type HeldEntry = readonly [key: string, held: Held];

interface Held {
  readonly resourceVersion: string | undefined;
  readonly object: unknown;
}

/** `keep` makes of an object of the API server, in some version of its kind, what is held of it; undefined: nothing. */
export function store(keep: (object: unknown, version: string) => unknown): Store {
  let held = new Map<string, Held>();

  /** What is held of an object now; the former value where nothing that is held has changed. */
  const entryOf = (object: unknown, version: string): HeldEntry | undefined => {
    const key = identityIn(object);
    if (key === undefined) return undefined;
    const former = held.get(key);
    const resourceVersion = resourceVersionOf(object);
    if (former && resourceVersion !== undefined && former.resourceVersion === resourceVersion) return [key, former];
    const leaner = keep(object, version);
    if (leaner === undefined) return undefined;
    return [key, { resourceVersion, object: isDeepStrictEqual(former?.object, leaner) ? former?.object : leaner }];
  };

  return {
    entries: (objects, version) => objects.flatMap((object) => [entryOf(object, version)].filter((entry) => entry !== undefined)),
    replace: (entries) => {
      const all = new Map(entries);
      const isSame = all.size === held.size && [...all].every(([key, { object }]) => held.get(key)?.object === object);
      held = all;
      return !isSame;
    },
    put: (object, version) => {
      const entry = entryOf(object, version);
      if (!entry) return held.delete(identityIn(object) ?? '');
      const [key, now] = entry;
      const former = held.get(key);
      held.set(key, now);
      return now.object !== former?.object;
    },
    remove: (object) => held.delete(identityIn(object) ?? ''),
    objects: () => Array.from(held.values(), ({ object }) => object),
    get size() {
      return held.size;
    },
  };
}
