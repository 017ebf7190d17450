import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import { reaches } from './gravity.ts';
import { groupBy } from './group-by.ts';
import type { NotCheckedInput, Report } from './report.ts';
import { notCheckedSentence, skippedSentence, summarySentence } from './summary.ts';
import { home, where } from './where.ts';
import { element, textElement, type Xml, xmlDocument } from './xml.ts';

/**
 * JUnit's XML: a suite per file, a case per finding. A case fails exactly if its finding makes the run fail; milder ones pass
 * and say so in `system-out`. Suppressed findings and inputs that were not judged are skipped cases. The last suite stands for
 * the run, because many readers take a report without a case for a broken one.
 */
export function junit(report: Report): string {
  const byFile = groupBy(report.diagnostics, home);
  const suites = [
    ...Array.from(byFile, ([file, found]) =>
      suite(
        file,
        found.map((diagnostic) => finding(diagnostic, report.failOn)),
      ),
    ),
    suite('poolproof', [...report.notChecked.map(notChecked), run(report)]),
  ];
  const total = (key: 'tests' | 'failures' | 'skipped'): number => suites.reduce((sum, { counts }) => sum + counts[key], 0);
  const counts = { tests: total('tests'), failures: total('failures'), skipped: total('skipped'), errors: 0 };
  return xmlDocument(element('testsuites', { name: report.tool.name, ...counts }, ...suites.map(({ xml }) => xml)));
}

interface Case {
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly xml: Xml;
}

function suite(name: string, cases: readonly Case[]) {
  const number = (outcome: Case['outcome']): number => cases.filter((test) => test.outcome === outcome).length;
  const counts = { tests: cases.length, failures: number('failed'), skipped: number('skipped'), errors: 0 };
  return { counts, xml: element('testsuite', { name, ...counts }, ...cases.map(({ xml }) => xml)) };
}

function finding(diagnostic: Diagnostic, failOn: Severity | 'never'): Case {
  const { rule, severity, message, suppressed } = diagnostic;
  const attributes = { name: `${rule} at ${where(diagnostic)}`, classname: home(diagnostic) };
  const of = (outcome: Case['outcome'], child: Xml): Case => ({ outcome, xml: element('testcase', attributes, child) });
  if (suppressed) return of('skipped', element('skipped', { message: `suppressed by ${suppressed.by}: ${suppressed.reason}` }));
  if (!reaches(severity, failOn)) return of('passed', textElement('system-out', {}, story(diagnostic)));
  return of('failed', textElement('failure', { type: severity, message }, story(diagnostic)));
}

function story(diagnostic: Diagnostic): string {
  const { severity, message, why, docs, fixes, related } = diagnostic;
  return [
    `${where(diagnostic)}: ${severity}: ${message}`,
    ...related.map((place) => `${where(place)}: ${place.message}`),
    `why: ${why}`,
    ...fixes.map(({ title, safety }) => `fix (${safety}): ${title}`),
    `docs: ${docs}`,
  ].join('\n');
}

function notChecked(input: NotCheckedInput): Case {
  const skipped = element('skipped', { message: notCheckedSentence(input) });
  return {
    outcome: 'skipped',
    xml: element('testcase', { name: `not checked: ${where(input)}`, classname: input.file }, skipped),
  };
}

function run(report: Report): Case {
  const attributes = { name: summarySentence(report), classname: report.tool.name };
  if (report.summary.objects === 0 && report.diagnostics.length === 0)
    return { outcome: 'skipped', xml: element('testcase', attributes, element('skipped', { message: 'nothing was checked' })) };
  const notes = report.skipped.map(skippedSentence);
  const children = notes.length > 0 ? [textElement('system-out', {}, notes.join('\n'))] : [];
  return { outcome: 'passed', xml: element('testcase', attributes, ...children) };
}
