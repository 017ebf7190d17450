import { parseGoDuration, toMilliseconds } from '../src/algebra/duration.ts';

/** When an answer must have left, on the clock of `performance.now()`. */
export interface Deadline {
  readonly at: number;
  /** Milliseconds left; negative once it has passed. */
  left(): number;
}

/** The API server rounds the time left up to a whole second, and the answer has to travel. */
const MARGIN = 500;
/** What the API server grants a webhook that asks for nothing else. */
const USUAL = 10_000;
const LEAST = 100;
const MOST = 30_000;

/** From the `timeout` of the query, a Go duration. */
export function deadlineFrom(timeout: unknown, began: number): Deadline {
  const duration = typeof timeout === 'string' && timeout.length < 32 ? parseGoDuration(timeout) : undefined;
  const granted = duration === undefined ? USUAL : toMilliseconds(duration);
  const at = began + Math.min(Math.max(granted - MARGIN, LEAST), MOST);
  return { at, left: () => at - performance.now() };
}
