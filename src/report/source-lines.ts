import { type LineIndex, lineIndex } from '../text/lines.ts';
import type { Source } from '../text/place.ts';

/** Lines of the sources of a report. Each source is cut once, and only if something in it is shown. */
export type SourceLines = (file: string) => LineIndex | undefined;

export function sourceLines(sources: ReadonlyMap<string, Source>): SourceLines {
  const cut = new Map<string, LineIndex>();
  return (file) => {
    const known = cut.get(file);
    const source = sources.get(file);
    if (known || !source) return known;
    const lines = lineIndex(source);
    cut.set(file, lines);
    return lines;
  };
}
