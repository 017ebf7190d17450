import type { Location, RenderedFix } from '../diagnostic/diagnostic.ts';
import type { Range } from '../text/lines.ts';
import { displayWidth } from './display-width.ts';
import { fixDiff } from './fix-diff.ts';
import { frame, lastLine } from './frame.ts';
import { markedLine } from './marked-line.ts';
import type { Paint } from './paint.ts';
import type { SourceLines } from './source-lines.ts';
import { visible } from './visible.ts';
import { wrap } from './wrap.ts';

/** What source is drawn with. */
export interface Page {
  readonly linesOf: SourceLines;
  readonly colors: Paint;
  /** Columns; lines are kept within them as far as words allow. */
  readonly width: number;
}

/** How a stretch of source is marked. */
export interface Marking {
  readonly mark: string;
  /** What is to be said of the marked part: behind the mark if there is room, else beneath it. */
  readonly label: string;
  readonly color: (text: string) => string;
}

/** Width of the column for the line numbers of these ranges. */
export function gutterFor(ranges: readonly (Range | undefined)[]): number {
  return Math.max(2, ...ranges.map((range) => String(range ? lastLine(range) : 0).length));
}

/** A stretch of source with its lines, the marked part underlined and labelled; nothing where there is no text. */
export function sourceFrame(
  { file, range }: Location,
  { mark, label, color }: Marking,
  gutter: number,
  page: Page,
): readonly string[] {
  const { linesOf, colors, width } = page;
  const lines = linesOf(file);
  const framed = range && lines ? frame(lines, range, mark, room(width, gutter)) : [];
  const last = framed.at(-1);
  const beside = last?.isMark && displayWidth(`${last.text} ${label}`) <= room(width, gutter);
  const drawn = framed.map((line) => {
    const bar = colors.gutter(`${String(line.number ?? '').padStart(gutter)} |`);
    const text = line === last && beside ? `${line.text} ${visible(label)}`.trimEnd() : line.text;
    return text === '' ? bar : `${bar} ${line.isMark ? color(text) : text}`;
  });
  return label === '' || beside ? drawn : [...drawn, ...note('', label, gutter, page)];
}

/** Columns for source text; a report without a terminal is cut too, where a line is longer than anybody reads. */
function room(width: number, gutter: number): number {
  return Math.max(20, (width || 160) - gutter - 3);
}

/** `title: text` beneath a frame. */
export function note(title: string, text: string, gutter: number, { colors, width }: Page): readonly string[] {
  const lead = title === '' ? '' : `${title}: `;
  const indent = gutter + 3;
  const [first = '', ...rest] = wrap(lead + visible(text), width > 0 ? Math.max(20, width - indent) : 0);
  const colored = colors.strong(first.slice(0, lead.length)) + first.slice(lead.length);
  const bar = colors.gutter(`${' '.repeat(gutter)} =`);
  return [`${title === '' ? ' '.repeat(gutter + 2) : bar} ${colored}`, ...rest.map((line) => `${' '.repeat(indent)}${line}`)];
}

/** Lines of one hunk that are shown of each side. */
const SHOWN = 8;

/** What a fix takes away and puts in its place. */
export function diffLines({ edits }: RenderedFix, gutter: number, { linesOf, colors, width }: Page): readonly string[] {
  const cut = (text: string): string => markedLine(text, 0, 0, room(width, gutter)).text;
  return fixDiff(edits, linesOf).flatMap(({ line, removed, added }) => [
    ...some(removed).map(
      (text, index) => `${colors.gutter(String(line + index).padStart(gutter))} ${colors.removed(`- ${cut(text)}`)}`,
    ),
    ...some(added).map((text) => `${' '.repeat(gutter)} ${colors.added(`+ ${cut(text)}`)}`),
  ]);
}

function some(lines: readonly string[]): readonly string[] {
  return lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN - 1), `... ${lines.length - SHOWN + 1} more lines`];
}
