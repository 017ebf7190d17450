import type { Shell } from '../shell.ts';

/** A line on the terminal that says how far a long run is; without a terminal, or within the first second, nothing. */
export interface Progress {
  show(done: number, of: number): void;
  clear(): void;
}

const SILENT = 1000;
const PAUSE = 100;

const files = (done: number, of: number): string => `reading ${done} of ${of} files`;

export function progress({ stderr, environment: { TERM } }: Shell, says: (done: number, of: number) => string = files): Progress {
  if (!stderr.isTTY || TERM === 'dumb') return { show: () => undefined, clear: () => undefined };
  let next = performance.now() + SILENT;
  let isShown = false;
  return {
    show: (done, of) => {
      // Asking the clock for each of 10,000 files would cost more than some of them.
      if (done % 32 !== 0 || performance.now() < next) return;
      next = performance.now() + PAUSE;
      isShown = true;
      stderr.write(`\r\u001b[K${says(done, of)}`);
    },
    clear: () => {
      if (isShown) stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}
