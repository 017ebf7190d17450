/** How a snapshot takes its time. All but `page` in milliseconds. */
export interface Pace {
  /** Objects asked for at once. */
  readonly page: number;
  /** How long the server is asked to keep a watch open. */
  readonly watch: number;
  /** A watch on which nothing comes for this long, not even a bookmark, is taken for dead. */
  readonly silence: number;
  /** However well the watch seems to go, everything is listed anew after this long. */
  readonly relist: number;
  /** The first and the longest wait after a failure; each failure in a row doubles it. */
  readonly backoff: { readonly first: number; readonly longest: number };
  /** How long to wait before asking again for what may not be read or is not served. */
  readonly refused: number;
}

/** The API server sends a bookmark about once a minute. */
export const steady: Pace = {
  page: 500,
  watch: 300_000,
  silence: 150_000,
  relist: 600_000,
  backoff: { first: 500, longest: 30_000 },
  refused: 60_000,
};

/** Half the wait is left to chance, so that replicas do not come back together. */
export function waitAfter(failures: number, { backoff: { first, longest } }: Pace): number {
  const full = Math.min(longest, first * 2 ** Math.min(failures - 1, 30));
  return full / 2 + (Math.random() * full) / 2;
}
