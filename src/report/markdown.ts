import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { fixDiff } from './fix-diff.ts';
import { byGravity } from './gravity.ts';
import { groupBy } from './group-by.ts';
import { code, fenced, link, literal } from './markdown-text.ts';
import type { Report } from './report.ts';
import { type SourceLines, sourceLines } from './source-lines.ts';
import { count, headline, notCheckedSentence, skippedSentence, summarySentence } from './summary.ts';
import { where } from './where.ts';

/** A comment for a pull request: what was found as a table, why and what to do folded away beneath. */
export function markdown(report: Report): string {
  const found = report.diagnostics.toSorted(byGravity);
  const blocks = [
    [`### poolproof: ${headline(report)}`],
    table(found.slice(0, ROWS), found.length),
    explanations(found.slice(0, ROWS), sourceLines(report.sources)),
    folded(`${count(report.notChecked.length, 'input')} not checked`, report.notChecked.map(notCheckedSentence)),
    folded(`${count(report.skipped.length, 'fact')} missing`, report.skipped.map(skippedSentence)),
    [literal(summarySentence(report))],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');
}

/** Findings in one comment; GitHub refuses one of more than 65,536 characters. */
const ROWS = 50;

function table(rows: readonly Diagnostic[], total: number): readonly string[] {
  if (rows.length === 0) return [];
  const rest = total > rows.length ? ['', `and ${count(total - rows.length, 'more finding')}`] : [];
  return ['| severity | where | finding | rule |', '|---|---|---|---|', ...rows.map(row), ...rest];
}

function row(diagnostic: Diagnostic): string {
  const { severity, message, rule, docs, suppressed } = diagnostic;
  const level = suppressed ? `~~${severity}~~` : severity;
  const reason = suppressed ? ` (suppressed: ${suppressed.reason})` : '';
  return `| ${level} | ${code(where(diagnostic))} | ${literal(message + reason)} | ${link(code(rule), docs)} |`;
}

function explanations(found: readonly Diagnostic[], linesOf: SourceLines): readonly string[] {
  if (found.length === 0) return [];
  const rules = Array.from(groupBy(found, ({ rule }) => rule).values());
  return [
    '<details><summary>why, and what to do</summary>',
    '',
    ...rules.flatMap((each) => explanation(each, linesOf)),
    '</details>',
  ];
}

function explanation(found: readonly Diagnostic[], linesOf: SourceLines): readonly string[] {
  const [first] = found;
  if (!first) return [];
  const fixes = found.flatMap((diagnostic) => diagnostic.fixes.map((fix) => ({ place: where(diagnostic), fix })));
  return [
    `**${code(first.rule)}**: ${literal(first.why)}`,
    '',
    ...fixes.flatMap(({ place, fix }) => [
      `${code(place)}: ${literal(fix.title)} (${fix.safety})`,
      '',
      ...diff(
        fixDiff(fix.edits, linesOf).flatMap(({ removed, added }) => [
          ...removed.map((line) => `-${line}`),
          ...added.map((line) => `+${line}`),
        ]),
      ),
    ]),
  ];
}

function diff(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...fenced('diff', lines), ''];
}

function folded(title: string, sentences: readonly string[]): readonly string[] {
  if (sentences.length === 0) return [];
  return [`<details><summary>${title}</summary>`, '', ...sentences.map((sentence) => `- ${literal(sentence)}`), '', '</details>'];
}
