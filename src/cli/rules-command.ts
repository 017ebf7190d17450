import { rules } from '../../rules/index.ts';
import { levelIn, ruleIndex } from '../derive/rule-page.ts';
import type { Rule } from '../lint/rule.ts';
import type { ExitCode, Shell } from './shell.ts';

export function rulesCommand(format: string, { stdout }: Shell): ExitCode {
  stdout.write(printed(format));
  return 0;
}

function printed(format: string): string {
  if (format === 'json') return `${JSON.stringify(rules.map(record), null, 2)}\n`;
  if (format === 'markdown') return ruleIndex(rules);
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(
      (rule) => `${rule.code.padEnd(6)}  ${rule.id.padEnd(width)}  ${levelIn(rule, 'recommended').padEnd(7)}  ${rule.summary}\n`,
    )
    .join('');
}

/** What a program may want to know of a rule; examples are for readers of its page. */
function record(rule: Rule): object {
  const { id, code, on, effect, severity, profiles, parameters, since, until, needs, fix, summary, why, docs } = rule;
  return { id, code, on, effect, severity, profiles, parameters, since, until, needs, fix, summary, why, docs };
}
