import pino, { type DestinationStream, type Logger } from 'pino';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Lines of JSON. Whole objects and what is known of a user beyond his name never get into one. */
export function createLog(level: LogLevel, destination: DestinationStream): Logger {
  const formatters = { level: (label: string): object => ({ level: label }) };
  return pino({ level, base: null, formatters, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}

/** Between debug and what was asked for. */
export function toggleDebug(log: Logger, usual: LogLevel): void {
  log.level = log.level === 'debug' && usual !== 'debug' ? usual : 'debug';
}
