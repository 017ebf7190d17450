import { rules } from '../../rules/index.ts';
import { configShape } from '../../src/config/config-shape.ts';
import { configSchema } from '../../src/derive/config-schema.ts';
import { dedent } from '../../src/derive/dedent.ts';
import { ruleIndex, rulePage, severityTable } from '../../src/derive/rule-page.ts';
import { formats } from '../../src/report/formats.ts';
import { diagnose } from '../../test/support/case.ts';

/** File name to text. */
export async function documentation(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map([['README.md', ruleIndex(rules)]]);
  for (const rule of rules) pages.set(`${rule.id}.md`, rulePage(rule, await diagnose(dedent(rule.bad), rule, rules)));
  return pages;
}

export function ruleSummary(): string {
  return severityTable(rules);
}

export function configurationSchema(): object {
  return configSchema(configShape({ rules, formats }));
}
