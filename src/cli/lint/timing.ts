/** How long the parts of a run took, in milliseconds. */
export interface Timing {
  /** From here on time belongs to the named part, until the next begins. */
  begin(part: string): void;
  report(): readonly { readonly part: string; readonly milliseconds: number }[];
}

export function timing(clock: () => number): Timing {
  const spent = new Map<string, number>();
  let part = 'start';
  let since = clock();
  const begin = (next: string): void => {
    const now = clock();
    spent.set(part, (spent.get(part) ?? 0) + now - since);
    part = next;
    since = now;
  };
  return {
    begin,
    report: () => {
      begin(part);
      return [...spent].map(([name, milliseconds]) => ({ part: name, milliseconds }));
    },
  };
}

export const untimed: Timing = { begin: () => undefined, report: () => [] };
