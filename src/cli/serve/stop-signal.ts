import type { Logger } from 'pino';

/** Seconds beyond the drain that the last calls get: so much less, by 2, than the chart's `terminationGracePeriodSeconds`. */
const LAST_CALLS = 18;

/** Resolves when somebody wants the process to end. Whoever asks twice, or waits beyond the time for it, gets a hard end. */
export function stopSignal(drainSeconds: number, log: Logger): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = (signal: NodeJS.Signals): void => {
      if (isStopping) end(log, `${signal} again`);
      isStopping = true;
      log.info({ signal }, 'asked to stop');
      setTimeout(() => end(log, 'the time to stop is over'), (drainSeconds + LAST_CALLS) * 1000).unref();
      resolve();
    };
    process.on('SIGTERM', stop);
    process.on('SIGINT', stop);
  });
}

function end(log: Logger, why: string): never {
  log.error({ why }, 'stopping hard');
  process.exit(1);
}
