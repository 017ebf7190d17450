import type { Outlet } from './outlet.ts';

/** What a command sees of the process that it runs in. */
export interface Shell {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  readonly stdinIsTerminal: boolean;
}

/** `0` done, nothing that fails · `1` findings · `2` could not do the job. */
export type ExitCode = 0 | 1 | 2;

export function hasColor({ environment }: Shell, stream: Outlet): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY && TERM !== 'dumb';
}

/** Columns to fill; 0 where nobody looks at a terminal. */
export function widthOf(stream: Outlet): number {
  return stream.isTTY ? stream.columns : 0;
}
