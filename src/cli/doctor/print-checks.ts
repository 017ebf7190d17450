import type { Paint } from '../../report/paint.ts';
import { visible } from '../../report/visible.ts';
import type { Check } from './check.ts';

const labels: Readonly<Record<Check['state'], string>> = { ok: 'ok', wrong: 'WRONG', unknown: '?' };

/** One line a check; where something is to be done, a second that says what. */
export function checksText(checks: readonly Check[], colors: Paint): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const lines = checks.flatMap(({ id, state, says, cure }) => {
    const line = `${painted(state, colors)}  ${id.padEnd(width)}  ${visible(says)}`;
    return cure === undefined ? [line] : [line, `${' '.repeat(INDENT + width)}  ${colors.faint(`-> ${visible(cure)}`)}`];
  });
  return [...lines, '', colors.strong(summary(checks)), ''].join('\n');
}

const LABEL = 5;
const INDENT = LABEL + 2;

function painted(state: Check['state'], { severity, added }: Paint): string {
  const text = labels[state].padEnd(LABEL);
  if (state === 'ok') return added(text);
  return state === 'wrong' ? severity.error(text) : severity.warning(text);
}

function summary(checks: readonly Check[]): string {
  const count = (wanted: Check['state']): number => checks.filter(({ state }) => state === wanted).length;
  const parts = [`${count('ok')} of ${checks.length} checks are well`];
  if (count('wrong') > 0) parts.push(`${count('wrong')} wrong`);
  if (count('unknown') > 0) parts.push(`${count('unknown')} could not be made`);
  return parts.join(', ');
}

/** For programs. */
export function checksJson(checks: readonly Check[], version: string): string {
  return `${JSON.stringify({ version: 1, tool: { name: 'poolproof', version }, checks }, null, 2)}\n`;
}
