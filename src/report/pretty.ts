import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { byGravity } from './gravity.ts';
import { groupBy } from './group-by.ts';
import { paint } from './paint.ts';
import { prettyFinding } from './pretty-finding.ts';
import type { Report, ReportOptions } from './report.ts';
import type { Page } from './source-frame.ts';
import { sourceLines } from './source-lines.ts';
import { count, notCheckedSentence, skippedNotice, summarySentence } from './summary.ts';
import { visible } from './visible.ts';
import { where } from './where.ts';
import { wrap } from './wrap.ts';

/** For people: every finding with its source, then what was not shown, not checked, and how much was. */
export function pretty(report: Report, { color, width }: ReportOptions): string {
  const page: Page = { linesOf: sourceLines(report.sources), colors: paint(color), width };
  const full = shownInFull(report.diagnostics);
  const blocks = [
    ...report.diagnostics.filter((diagnostic) => full.has(diagnostic)).map((diagnostic) => prettyFinding(diagnostic, page)),
    overflow(
      report.diagnostics.filter((diagnostic) => !full.has(diagnostic)),
      page,
    ),
    report.notChecked.flatMap((input) => wrap(notCheckedSentence(input), width)),
    report.skipped.flatMap((skipped) => wrap(skippedNotice(skipped), width)),
    closing(report, page),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n');
}

/** Above the first number of findings, each rule shows a few, and all together not more than that number. */
const FULL = 50;
const FULL_OF_A_RULE = 5;

/** The gravest first come to be shown in full; they stay in the order of the report. */
function shownInFull(diagnostics: readonly Diagnostic[]): ReadonlySet<Diagnostic> {
  if (diagnostics.length <= FULL) return new Set(diagnostics);
  const byRule = groupBy(diagnostics, ({ rule }) => rule);
  const some = Array.from(byRule.values()).flatMap((found) => found.toSorted(byGravity).slice(0, FULL_OF_A_RULE));
  return new Set(some.toSorted(byGravity).slice(0, FULL));
}

function overflow(rest: readonly Diagnostic[], { colors }: Page): readonly string[] {
  if (rest.length === 0) return [];
  const byRule = groupBy(rest.toSorted(byGravity), ({ severity, rule }) => `${severity}[${rule}]`);
  const rows = Array.from(byRule, ([title, found]) => {
    const [first] = found;
    const name = first ? colors.severity[first.severity](title) : title;
    const files = new Set(found.map(({ file }) => file)).size;
    return `  ${name}: ${found.length} more in ${count(files, 'file')}, the first at ${first ? where(first) : ''}`;
  });
  return [`${count(rest.length, 'finding')} not shown in full (--format compact lists every one):`, ...rows];
}

function closing(report: Report, { colors, width }: Page): readonly string[] {
  const example = silenceable(report.diagnostics);
  const fixable = report.diagnostics.filter(
    ({ fixes, suppressed }) => !suppressed && fixes.some(({ safety }) => safety === 'safe'),
  );
  return [
    ...(example ? [`to accept a finding, say why on its line: # poolproof: allow ${visible(example.rule)} -- <reason>`] : []),
    ...(fixable.length > 0 ? [`${count(fixable.length, 'finding')} can be fixed with --fix`] : []),
    ...wrap(summarySentence(report), width).map(colors.strong),
  ];
}

/** Preferably one that people argue about; what is about no object, such as a file that does not parse, is not accepted away. */
function silenceable(diagnostics: readonly Diagnostic[]): Diagnostic | undefined {
  const candidates = diagnostics.filter(({ suppressed, object }) => !suppressed && object);
  return candidates.find(({ effect }) => effect === 'risk' || effect === 'advice') ?? candidates[0];
}
