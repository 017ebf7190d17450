import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { NotCheckedInput, Report } from './report.ts';
import { visible } from './visible.ts';

/** Workflow commands: GitHub turns each line into an annotation on the pull request's lines. */
export function github(report: Report): string {
  const commands = [...report.diagnostics.map(annotation), ...report.notChecked.map(notice)];
  return commands.map((command) => `${command}\n`).join('');
}

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

function annotation(diagnostic: Diagnostic): string {
  const { severity, rule, code, message, why, suppressed, fixes } = diagnostic;
  const text = [
    suppressed ? `${message} (suppressed by ${suppressed.by}: ${suppressed.reason})` : message,
    why,
    ...fixes.map(({ title, safety }) => `Fix (${safety}): ${title}`),
  ];
  return command(suppressed ? 'notice' : levels[severity], diagnostic, `${rule} (${code})`, text);
}

function notice(input: NotCheckedInput): string {
  return command('notice', input, 'not checked', [`not checked: ${input.detail} [${input.reason}]`]);
}

/** GitHub refuses columns where the lines differ. */
function command(name: string, { file, range }: NotCheckedInput | Diagnostic, title: string, text: readonly string[]): string {
  const oneLine = range && range.start.line === range.end.line;
  const properties = [
    ...(file === '' ? [] : [`file=${property(file)}`]),
    ...(range ? [`line=${range.start.line}`, `endLine=${range.end.line}`] : []),
    ...(oneLine ? [`col=${range.start.column}`, `endColumn=${range.end.column}`] : []),
    `title=${property(title)}`,
  ];
  return `::${name} ${properties.join(',')}::${text.map((line) => data(line)).join('%0A')}`;
}

function data(text: string): string {
  return visible(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
