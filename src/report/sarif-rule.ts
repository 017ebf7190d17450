import type { Rule } from '../lint/rule.ts';
import { sarifLevels } from './sarif-level.ts';

/** A rule as its users look it up: in words, in Markdown, and with what the run took it for. */
export function descriptor(rule: Rule): object {
  const { id, code, summary, why, docs, severity, effect } = rule;
  return {
    id,
    name: id.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: summary },
    fullDescription: { text: why },
    helpUri: docs,
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    defaultConfiguration: { enabled: severity !== 'off', level: severity === 'off' ? 'note' : sarifLevels[severity] },
    properties: { code, effect, since: rule.since, until: rule.until, needs: rule.needs, fix: rule.fix, tags: ['karpenter'] },
  };
}

function helpText({ summary, why, bad, good, docs }: Rule): string {
  return [summary, why, `Wrong:\n${example(bad)}`, `Right:\n${example(good)}`, docs].join('\n\n');
}

function helpMarkdown({ id, code, why, bad, good, docs }: Rule): string {
  const fenced = (text: string): string => `\`\`\`yaml\n${example(text)}\n\`\`\``;
  return [`**${id}** (${code})`, why, 'Wrong:', fenced(bad), 'Right:', fenced(good), `[Documentation](${docs})`].join('\n\n');
}

/** The examples of rules are indented like the code around them. One that must be huge to be wrong is not shown whole. */
function example(text: string): string {
  if (text.length > LONG) return `${text.slice(0, 200)}... (${text.length} characters)`;
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line) => line.slice(common)).join('\n');
}

/** Characters. */
const LONG = 4000;
