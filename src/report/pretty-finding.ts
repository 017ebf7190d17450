import type { Diagnostic, Effect, Location } from '../diagnostic/diagnostic.ts';
import { evidenceLines } from './evidence.ts';
import { diffLines, gutterFor, note, type Page, sourceFrame } from './source-frame.ts';
import { visible } from './visible.ts';
import { objectName, where } from './where.ts';

/** A finding in full: where and what, the source, related places, why, and what to do. */
export function prettyFinding(diagnostic: Diagnostic, page: Page): readonly string[] {
  const gutter = gutterOf(diagnostic);
  const color = page.colors.severity[diagnostic.severity];
  return [
    header(diagnostic, page),
    ...sourceFrame(diagnostic, { mark: '^', label: '', color }, gutter, page),
    ...diagnostic.related.flatMap((place) => [
      page.colors.gutter(`${' '.repeat(gutter)}::: ${where(place)}${objectPart(place)}`),
      ...sourceFrame(place, { mark: '-', label: place.message, color: page.colors.gutter }, gutter, page),
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

function gutterOf({ range, related, fixes }: Diagnostic): number {
  return gutterFor([
    range,
    ...related.map((place) => place.range),
    ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range)),
  ]);
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
    ...fixes.flatMap((fix) => [...say(`fix (${fix.safety})`, fix.title), ...diffLines(fix, gutter, page)]),
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

function objectPart({ object, range, file }: Location): string {
  return object && !range && file !== '' ? ` ${objectName(object)}` : '';
}
