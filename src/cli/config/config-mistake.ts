import type { Document } from '../../document/document.ts';
import { lineIndex } from '../../text/lines.ts';

/** The first mistake of a configuration that decides nothing, with its place. */
export function configMistake(documents: readonly Document[]): string {
  const found = documents.flatMap(({ source, problems }) => problems.map((problem) => ({ source, problem })));
  const [first] = found.filter(({ problem }) => problem.kind !== 'config-allow-expired');
  if (!first) return 'the configuration cannot be read';
  const { source, problem } = first;
  const { line, column } = lineIndex(source).range(problem.at.span ?? { start: 0, end: 0 }).start;
  return `the configuration ${source.file}:${line}:${column}: ${problem.message}`;
}
