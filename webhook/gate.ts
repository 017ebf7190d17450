import type { Deadline } from './deadline.ts';

/** Lets so many in at a time, lets so many wait, and turns the rest away at once. */
export interface Gate {
  /** Why there was no way in, or how to leave again. */
  enter(deadline: Deadline): Promise<(() => void) | 'full' | 'late'>;
  readonly inFlight: number;
  readonly queued: number;
}

export function gate(mostInFlight: number, mostQueued: number): Gate {
  let inFlight = 0;
  const queue: (() => void)[] = [];

  const leave = (): void => {
    inFlight--;
    queue.shift()?.();
  };
  const admit = (): (() => void) => {
    inFlight++;
    let isOut = false;
    return () => {
      if (!isOut) leave();
      isOut = true;
    };
  };
  return {
    get inFlight() {
      return inFlight;
    },
    get queued() {
      return queue.length;
    },
    enter: async (deadline) => {
      if (inFlight < mostInFlight) return admit();
      if (queue.length >= mostQueued) return 'full';
      return new Promise((resolve) => {
        const call = (): void => {
          clearTimeout(timer);
          resolve(admit());
        };
        const timer = setTimeout(
          () => {
            queue.splice(queue.indexOf(call), 1);
            resolve('late');
          },
          Math.max(deadline.left(), 0),
        );
        queue.push(call);
      });
    },
  };
}
