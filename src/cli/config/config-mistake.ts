import type { Document } from '../../document/document.ts';
import { sentence } from '../problem-sentence.ts';

/** The first mistake of a configuration that decides nothing, with its place. */
export function configMistake(documents: readonly Document[]): string {
  const found = documents.flatMap(({ source, problems }) => problems.map((problem) => ({ source, problem })));
  const [first] = found.filter(({ problem }) => problem.kind !== 'config-allow-expired');
  if (!first) return 'the configuration cannot be read';
  return `the configuration ${sentence(first.source, first.problem)}`;
}
