import type { Reporter } from './report.ts';

/** Formats of a lint report, in the order in which help lists them. */
export const formats = ['pretty', 'compact', 'json', 'sarif', 'junit', 'github', 'gitlab', 'checkstyle', 'markdown'] as const;

export type Format = (typeof formats)[number];

/** Loads one reporter; a run pays for those it prints with. */
export async function loadReporter(format: Format): Promise<Reporter> {
  return loaders[format]();
}

const loaders: Readonly<Record<Format, () => Promise<Reporter>>> = {
  pretty: async () => (await import('./pretty.ts')).pretty,
  compact: async () => (await import('./compact.ts')).compact,
  json: async () => (await import('./json.ts')).json,
  sarif: async () => (await import('./sarif.ts')).sarif,
  junit: async () => (await import('./junit.ts')).junit,
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  checkstyle: async () => (await import('./checkstyle.ts')).checkstyle,
  markdown: async () => (await import('./markdown.ts')).markdown,
};
