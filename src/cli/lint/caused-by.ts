import type { Diagnostic, RelatedLocation } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../document/document.ts';
import { lineIndex } from '../../text/lines.ts';
import type { Source } from '../../text/place.ts';

/** More places than a reader would look at tell nothing. */
const maxCauses = 3;

/** Findings in files that the change left alone point at what it touched, unless one of their related places does so already. */
export function causedBy(
  diagnostics: readonly Diagnostic[],
  before: readonly Document[],
  after: readonly Document[],
): ReadonlyMap<Diagnostic, Diagnostic> {
  const causes = causesIn(textsOf(before), textsOf(after));
  const changed = new Set(causes.map(({ file }) => file));
  return new Map(
    diagnostics.map((diagnostic) => {
      const isToldAlready = [diagnostic, ...diagnostic.related].some(({ file }) => changed.has(file));
      if (isToldAlready) return [diagnostic, diagnostic];
      return [diagnostic, { ...diagnostic, related: [...diagnostic.related, ...causes.slice(0, maxCauses)] }];
    }),
  );
}

function textsOf(documents: readonly Document[]): ReadonlyMap<string, Source> {
  return new Map(documents.map(({ source }) => [source.file, source]));
}

/** The first line of each file that is not as it was. */
function causesIn(before: ReadonlyMap<string, Source>, after: ReadonlyMap<string, Source>): readonly RelatedLocation[] {
  return [...after.values()].flatMap((source) => {
    const former = before.get(source.file)?.text ?? '';
    if (former === source.text) return [];
    const index = lineIndex(source);
    const old = former.split(/\r?\n/);
    let line = 1;
    while (line < index.lineCount && old[line - 1] === index.lineText(line)) line++;
    const start = source.text.split('\n', line - 1).join('\n').length + (line > 1 ? 1 : 0);
    const range = index.range({ start, end: start + index.lineText(line).length });
    return [{ file: source.file, range, path: '', message: 'the change that caused it' }];
  });
}
