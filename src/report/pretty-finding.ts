import type { Diagnostic, Effect, Location, RenderedFix } from '../diagnostic/diagnostic.ts';
import { displayWidth } from './display-width.ts';
import { evidenceLines } from './evidence.ts';
import { fixDiff } from './fix-diff.ts';
import { frame, lastLine } from './frame.ts';
import { markedLine } from './marked-line.ts';
import type { Paint } from './paint.ts';
import type { SourceLines } from './source-lines.ts';
import { visible } from './visible.ts';
import { objectName, where } from './where.ts';
import { wrap } from './wrap.ts';

/** What one finding is drawn with. */
export interface Page {
  readonly linesOf: SourceLines;
  readonly colors: Paint;
  /** Columns; lines are kept within them as far as words allow. */
  readonly width: number;
}

/** A finding in full: where and what, the source, related places, why, and what to do. */
export function prettyFinding(diagnostic: Diagnostic, page: Page): readonly string[] {
  const gutter = gutterOf(diagnostic);
  const color = page.colors.severity[diagnostic.severity];
  return [
    header(diagnostic, page),
    ...source(diagnostic, { mark: '^', label: '', color }, gutter, page),
    ...diagnostic.related.flatMap((place) => [
      page.colors.gutter(`${' '.repeat(gutter)}::: ${where(place)}${objectPart(place)}`),
      ...source(place, { mark: '-', label: place.message, color: page.colors.gutter }, gutter, page),
    ]),
    ...notes(diagnostic, gutter, page),
  ];
}

/** The first line of a finding, and the only one of a finding that is not shown in full. */
export function header(diagnostic: Diagnostic, { colors }: Page): string {
  const { severity, rule, code, message } = diagnostic;
  const level = colors.severity[severity](`${severity}[${rule}]`);
  return `${colors.strong(where(diagnostic))}: ${level}: ${colors.strong(visible(message))} ${colors.faint(`(${code})`)}`;
}

/** Width of the column for line numbers. */
function gutterOf({ range, related, fixes }: Diagnostic): number {
  const ranges = [
    range,
    ...related.map((place) => place.range),
    ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range)),
  ];
  return Math.max(2, ...ranges.map((each) => String(each ? lastLine(each) : 0).length));
}

interface Marking {
  readonly mark: string;
  /** What is to be said of the marked part: behind the mark if there is room, else beneath it. */
  readonly label: string;
  readonly color: (text: string) => string;
}

function source({ file, range }: Location, { mark, label, color }: Marking, gutter: number, page: Page): readonly string[] {
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

function notes(diagnostic: Diagnostic, gutter: number, page: Page): readonly string[] {
  const { object, path, effect, why, docs, evidence, assumptions, clusters, fixes, suppressed, check } = diagnostic;
  const say = (title: string, text: string): readonly string[] => note(title, text, gutter, page);
  return [
    ...(object ? say('in', `${objectName(object)}${path === '' ? '' : ` at ${visible(path)}`}`) : []),
    ...(check === undefined ? [] : say('check', check)),
    ...(effects[effect] === undefined ? [] : say('effect', effects[effect])),
    ...(evidence ? evidenceLines(evidence).flatMap((line) => say('because', line)) : []),
    ...say('why', why),
    ...assumptions.flatMap((assumption) => say('assumed', assumption)),
    ...(clusters ? say('clusters', clusters.join(', ')) : []),
    ...fixes.flatMap((fix) => [...say(`fix (${fix.safety})`, fix.title), ...diff(fix, gutter, page)]),
    ...(suppressed ? say(`suppressed by ${suppressed.by}${until(suppressed.until)}`, suppressed.reason) : []),
    ...say('docs', docs),
  ];
}

/** What happens to the object, where something does at once. */
const effects: Readonly<Partial<Record<Effect, string>>> = {
  rejected: 'the API server refuses the object',
  dropped: 'strict clients are refused; others lose the field without a word',
  inert: 'it is stored, and then ignored or never Ready',
};

function until(date: string | undefined): string {
  return date === undefined ? '' : ` until ${visible(date)}`;
}

function note(title: string, text: string, gutter: number, { colors, width }: Page): readonly string[] {
  const lead = title === '' ? '' : `${title}: `;
  const indent = gutter + 3;
  const [first = '', ...rest] = wrap(lead + visible(text), width > 0 ? Math.max(20, width - indent) : 0);
  const colored = colors.strong(first.slice(0, lead.length)) + first.slice(lead.length);
  const bar = colors.gutter(`${' '.repeat(gutter)} =`);
  return [`${title === '' ? ' '.repeat(gutter + 2) : bar} ${colored}`, ...rest.map((line) => `${' '.repeat(indent)}${line}`)];
}

function objectPart({ object, range, file }: Location): string {
  return object && !range && file !== '' ? ` ${objectName(object)}` : '';
}

/** Lines of one hunk that are shown of each side. */
const SHOWN = 8;

function diff({ edits }: RenderedFix, gutter: number, { linesOf, colors, width }: Page): readonly string[] {
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
