import { rules } from '../../rules/index.ts';
import { dedent } from '../../src/derive/dedent.ts';
import { ruleIndex, rulePage, severityTable } from '../../src/derive/rule-page.ts';
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
