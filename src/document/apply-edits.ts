import type { Edit, RenderedFix } from '../diagnostic/diagnostic.ts';

/** The text with the edits made. They must not overlap; those at one place are made in the order given. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, column }: Edit['range']['start']): number => (starts[line - 1] ?? text.length) + column - 1;
  const placed = edits.map((edit, index) => ({
    index,
    text: edit.text,
    start: offset(edit.range.start),
    end: offset(edit.range.end),
  }));
  placed.sort((a, b) => a.start - b.start || a.index - b.index);
  let result = '';
  let at = 0;
  for (const edit of placed) {
    if (edit.start < at) throw new Error('two edits overlap');
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * Fixes that can be made together, the first of any that meet; a fix is made whole or not at all. Those left over are for
 * another round, on the text as it is then. Equal fixes (one mistake that two rules saw) count as one.
 */
export function compatible(fixes: readonly RenderedFix[]): readonly RenderedFix[] {
  const taken = new Map<string, Edit[]>();
  return fixes.filter(({ edits }) => {
    if (edits.some((edit) => (taken.get(edit.file) ?? []).some((other) => meets(edit, other)))) return false;
    for (const edit of edits) taken.set(edit.file, [...(taken.get(edit.file) ?? []), edit]);
    return true;
  });
}

/** Touching is meeting: what is written next to a change may depend on it. */
function meets({ range: a }: Edit, { range: b }: Edit): boolean {
  return a.start.offset <= b.end.offset && b.start.offset <= a.end.offset;
}
