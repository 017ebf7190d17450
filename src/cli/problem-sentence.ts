import type { Problem } from '../document/document.ts';
import { lineIndex } from '../text/lines.ts';
import type { Source, Span } from '../text/place.ts';

/** `file:line:column: message`. */
export function sentence(source: Source, { at, message }: Pick<Problem, 'at' | 'message'>): string {
  const nowhere: Span = { start: 0, end: 0 };
  const { line, column } = lineIndex(source).range(at.span ?? nowhere).start;
  return `${source.file}:${line}:${column}: ${message}`;
}
