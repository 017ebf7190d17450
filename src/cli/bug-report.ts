import { version } from './version.ts';

/** What is said of an error that nobody foresaw. It never looks like a verdict about the user's input. */
export function bugReport(error: unknown): string {
  return [
    `poolproof: this is a bug in poolproof ${version} (Node.js ${process.versions.node}), not in your input. Please report it with what follows:`,
    ...causes(error),
    '',
  ].join('\n');
}

function causes(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)];
  return [error.stack ?? String(error), ...(error.cause === undefined ? [] : ['caused by', ...causes(error.cause)])];
}
