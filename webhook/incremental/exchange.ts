/** One thing in the place of another; at the end where there was none, or gone. */
export interface Exchange<T> {
  readonly was: T | undefined;
  readonly is: T | undefined;
}

/** A list after an exchange. The rest keeps its order, so that what hangs on the order is said as before. */
export function replaced<T>(all: readonly T[], { was, is }: Exchange<T>): readonly T[] {
  const at = was === undefined ? -1 : all.indexOf(was);
  if (at < 0) return is === undefined ? all : [...all, is];
  return is === undefined ? all.toSpliced(at, 1) : all.with(at, is);
}

/** Lists by a key, such as the pools of a weight, after an exchange. Lists without either of the two are the same as before. */
export function exchanged<K, T>(
  former: (key: K) => readonly T[],
  { was, is }: Exchange<T>,
  keyOf: (each: T) => K | undefined,
  /** What the lists are made of, after the exchange and in order. */
  all: () => readonly T[],
): (key: K) => readonly T[] {
  const lists = new Map<K, readonly T[]>();
  return (key) => {
    const [held, holds] = [was !== undefined && keyOf(was) === key, is !== undefined && keyOf(is) === key];
    if (!held && !holds) return former(key);
    const known = lists.get(key);
    if (known) return known;
    // Between which of the others it stands is told by the whole.
    const isMoved = holds && !held && was !== undefined;
    const list = isMoved
      ? all().filter((each) => keyOf(each) === key)
      : replaced(former(key), { was: held ? was : undefined, is: holds ? is : undefined });
    lists.set(key, list);
    return list;
  };
}
