import type { Parameter, Rule } from '../lint/rule.ts';
import { dedent } from './dedent.ts';
import { levelIn, profiles, versions } from './rule-page.ts';

/** Everything about one rule, as text for a terminal. */
export function explain(rule: Rule): string {
  const { id, code, summary, why, docs, bad, good, effect, fix, needs } = rule;
  const levels = profiles.map((profile) => `${profile} ${levelIn(rule, profile)}`);
  const facts = [
    `severity  ${levels.join(', ')}`,
    `effect    ${effect}`,
    `Karpenter ${versions(rule)}`,
    `needs     ${needs?.join(', ') ?? 'nothing but the manifest'}`,
    `fix       ${fix ?? 'none'}`,
  ];
  return [
    `${id} (${code}): ${summary}`,
    facts.map(indented).join('\n'),
    `Why it matters\n${indented(why)}`,
    `Bad\n${indented(shown(bad))}`,
    `Good\n${indented(shown(good))}`,
    ...parameters(rule),
    `To silence it, say why on its line, or in poolproof.yaml under rules\n${indented(`# poolproof: allow ${id} -- <why it is right here>`)}`,
    `More: ${docs}`,
    '',
  ].join('\n\n');
}

function parameters({ parameters: all = {} }: Rule): readonly string[] {
  const entries = Object.entries(all as Readonly<Record<string, Parameter<unknown>>>);
  const lines = entries.map(([name, { default: value, says }]) => `${name} (default ${JSON.stringify(value)}): ${says}`);
  return lines.length > 0 ? [`Parameters\n${lines.map(indented).join('\n')}`] : [];
}

/** Lines beyond any screen are cut: an example that must be huge need not be read whole. */
function shown(example: string): string {
  const lines = dedent(example).replace(/\n+$/, '').split('\n');
  return lines.map((line) => (line.length > 200 ? `${line.slice(0, 120)}... (${line.length} characters)` : line)).join('\n');
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
