import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { groupBy } from './group-by.ts';
import type { Report } from './report.ts';
import { home } from './where.ts';
import { element, type Xml, xmlDocument } from './xml.ts';

/** Checkstyle's XML: findings by file, in the order of the report. What is suppressed has severity `ignore`. */
export function checkstyle({ diagnostics }: Report): string {
  const files = groupBy(diagnostics, home);
  const elements = Array.from(files, ([name, found]) => element('file', { name }, ...found.map(error)));
  return xmlDocument(element('checkstyle', { version: '4.3' }, ...elements));
}

function error({ range, severity, message, rule, suppressed }: Diagnostic): Xml {
  return element('error', {
    line: range?.start.line,
    column: range?.start.column,
    severity: suppressed ? 'ignore' : severity,
    message,
    source: `poolproof.${rule}`,
  });
}
