import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { type Paint, paint } from './paint.ts';
import type { Report, ReportOptions } from './report.ts';
import { notCheckedSentence } from './summary.ts';
import { visible } from './visible.ts';
import { where } from './where.ts';

/**
 * One line a finding, for editors and grep, then one for each input that was not judged. No summary: a caller prints
 * `summarySentence` beside it, on stderr.
 */
export function compact(report: Report, { color }: ReportOptions): string {
  const colors = paint(color);
  const lines = [
    ...report.diagnostics.map((diagnostic) => line(diagnostic, colors)),
    ...report.notChecked.map(notCheckedSentence),
  ];
  return lines.map((text) => `${text}\n`).join('');
}

function line(diagnostic: Diagnostic, colors: Paint): string {
  const { severity, message, rule, suppressed } = diagnostic;
  const level = suppressed ? colors.faint(`suppressed ${severity}`) : colors.severity[severity](severity);
  return `${where(diagnostic)}: ${level}: ${visible(message)} [${rule}]`;
}
