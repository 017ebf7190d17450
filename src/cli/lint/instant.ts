import { UsageError } from '../usage-error.ts';

/** The instant as of which a run judges, in milliseconds: the one asked for, else the clock's, read once. */
export function instantOf(asked: string | undefined, name: string): number {
  if (asked === undefined) return Date.now();
  const isInstant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(asked);
  const instant = isInstant ? Date.parse(asked) : Number.NaN;
  if (Number.isNaN(instant)) throw new UsageError(`${name}: "${asked}" is not an instant such as 2026-11-24T10:00:00Z`);
  return instant;
}

/** Its day in UTC. */
export function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
