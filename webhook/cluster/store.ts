import { isDeepStrictEqual } from 'node:util';
import { identityIn, resourceVersionOf } from './kept.ts';

/** The objects of one kind, by namespace and name, as they are held. */
export interface Store {
  /** Each says whether anything changed by it. */
  replace(objects: readonly unknown[]): boolean;
  put(object: unknown): boolean;
  remove(object: unknown): boolean;
  objects(): readonly unknown[];
  readonly size: number;
}

interface Held {
  readonly resourceVersion: string | undefined;
  readonly object: unknown;
}

/** `keep` makes of an object of the API server what is held of it; undefined: nothing. */
export function store(keep: (object: unknown) => unknown): Store {
  let held = new Map<string, Held>();

  /** What is held of an object now; the former value where nothing that is held has changed. */
  const next = (key: string, object: unknown): Held | undefined => {
    const former = held.get(key);
    const resourceVersion = resourceVersionOf(object);
    if (former && resourceVersion !== undefined && former.resourceVersion === resourceVersion) return former;
    const leaner = keep(object);
    if (leaner === undefined) return undefined;
    return { resourceVersion, object: isDeepStrictEqual(former?.object, leaner) ? former?.object : leaner };
  };

  return {
    replace: (objects) => {
      const all = new Map<string, Held>();
      for (const object of objects) {
        const key = identityIn(object);
        const now = key === undefined ? undefined : next(key, object);
        if (key !== undefined && now) all.set(key, now);
      }
      const isSame = all.size === held.size && [...all].every(([key, { object }]) => held.get(key)?.object === object);
      held = all;
      return !isSame;
    },
    put: (object) => {
      const key = identityIn(object);
      if (key === undefined) return false;
      const former = held.get(key);
      const now = next(key, object);
      if (!now) return held.delete(key);
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
