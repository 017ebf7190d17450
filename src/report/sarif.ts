import type { Skipped } from '../lint/triage.ts';
import type { NotCheckedInput, Report } from './report.ts';
import { artifactLocation, physicalLocation } from './sarif-location.ts';
import { result } from './sarif-result.ts';
import { descriptor } from './sarif-rule.ts';
import { notCheckedSentence, skippedSentence } from './summary.ts';

/** SARIF 2.1.0, as code-scanning services read it. Relative files are beneath `%SRCROOT%`, the root of the checkout. */
export function sarif(report: Report): string {
  const { tool, rules, diagnostics } = report;
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const someSuppressed = diagnostics.some(({ suppressed }) => suppressed);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: tool.name, semanticVersion: tool.version, rules: rules.map(descriptor), notifications },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the checkout that was linted.' } } },
        invocations: [invocation(report)],
        artifacts: artifacts(report),
        results: diagnostics.map((diagnostic) => result(diagnostic, indexes.get(diagnostic.rule), someSuppressed)),
        properties: { target: { ...report.target, catalogAsOf: report.catalogAsOf }, summary: report.summary },
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const notifications = [
  { id: 'not-checked', shortDescription: { text: 'An input was read and not judged.' } },
  { id: 'rules-skipped', shortDescription: { text: 'Rules did not run for want of a fact.' } },
];

function invocation({ notChecked, skipped }: Report): object {
  return {
    executionSuccessful: true,
    toolExecutionNotifications: notChecked.map(notCheckedNotification),
    toolConfigurationNotifications: skipped.map(skippedNotification),
  };
}

function notCheckedNotification(input: NotCheckedInput): object {
  return {
    descriptor: { id: 'not-checked', index: 0 },
    level: 'note',
    message: { text: notCheckedSentence(input) },
    locations: [{ physicalLocation: physicalLocation(input) }],
    properties: { reason: input.reason },
  };
}

function skippedNotification(skipped: Skipped): object {
  return {
    descriptor: { id: 'rules-skipped', index: 1 },
    level: 'note',
    message: { text: skippedSentence(skipped) },
    properties: { need: skipped.need, rules: skipped.rules, supply: skipped.supply },
  };
}

/** Every file that the log speaks of, once. */
function artifacts({ diagnostics, notChecked }: Report): readonly object[] {
  const named = [...diagnostics.flatMap((diagnostic) => [diagnostic, ...diagnostic.related]), ...notChecked];
  const files = new Set(named.map(({ file }) => file).filter((file) => file !== ''));
  return Array.from(files, (file) => ({ location: artifactLocation(file) }));
}
