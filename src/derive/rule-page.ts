import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Level, Rule } from '../lint/rule.ts';
import type { Profile } from '../lint/world.ts';
import { dedent } from './dedent.ts';

export const profiles: readonly Profile[] = ['minimal', 'recommended', 'production', 'spot-heavy', 'security', 'dev'];

/** The page of one rule in Markdown. `said` is what the rule really says of its bad example. */
export function rulePage(rule: Rule, said: readonly Diagnostic[]): string {
  return `${[
    `# ${rule.id}`,
    `${capitalised(rule.summary)}.`,
    facts(rule),
    '## Why it matters',
    rule.why,
    '## Bad',
    fenced('yaml', dedent(rule.bad)),
    fenced('text', said.map(line).join('\n')),
    '## Good',
    fenced('yaml', dedent(rule.good)),
    ...parameters(rule),
    '## Silence it',
    fenced('yaml', `# poolproof: allow ${rule.id} -- <why it is right here>`),
    `More: <${rule.docs}>`,
  ].join('\n\n')}\n`;
}

/** The table of all rules, one line each, by group. */
export function ruleIndex(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => {
    const level = levelIn(rule, 'recommended');
    return `| [${rule.id}](${rule.id}.md) | ${rule.code} | ${level} | ${rule.effect} | ${rule.fix ?? ''} | ${escaped(rule.summary)} |`;
  });
  return `${[
    '# Rules',
    `${rules.length} rules. Severity is that of the profile \`recommended\`; \`fix\` is the gravest class of the fixes a rule offers.`,
    ['| rule | code | severity | effect | fix | finds |', '|---|---|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n')}\n`;
}

/** How many rules are how loud under each profile. */
export function severityTable(rules: readonly Rule[]): string {
  const levels: readonly Level[] = ['error', 'warning', 'info', 'off'];
  const rows = profiles.map((profile) => {
    const counts = levels.map((level) => rules.filter((rule) => levelIn(rule, profile) === level).length);
    return `| \`${profile}\` | ${counts.join(' | ')} |`;
  });
  return [`${rules.length} rules.`, '', '| profile | error | warning | info | off |', '|---|---|---|---|---|', ...rows].join(
    '\n',
  );
}

/** How loud a rule is under a profile, findings that say otherwise aside. */
export function levelIn(rule: Rule, profile: Profile): Level {
  const entry = rule.profiles?.[profile];
  if (entry !== undefined) return typeof entry === 'string' ? entry : entry[0];
  const isBroken = ['rejected', 'dropped', 'inert'].includes(rule.effect);
  return profile === 'minimal' && !(rule.severity === 'error' && isBroken) ? 'off' : rule.severity;
}

function facts(rule: Rule): string {
  const rows: readonly (readonly [string, string])[] = [
    ['code', rule.code],
    ['effect', rule.effect],
    ...profiles.map((profile) => [`severity in \`${profile}\``, tuned(rule, profile)] as const),
    ['Karpenter', versions(rule)],
    ['needs', (rule.needs ?? []).join(', ') || 'nothing but the manifest'],
    ['fix', rule.fix ?? 'none'],
  ];
  return ['| | |', '|---|---|', ...rows.map(([name, value]) => `| ${name} | ${escaped(value)} |`)].join('\n');
}

function tuned(rule: Rule, profile: Profile): string {
  const entry = rule.profiles?.[profile];
  const level = levelIn(rule, profile);
  if (entry === undefined || typeof entry === 'string') return level;
  const values = Object.entries(entry[1]).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `${level} (${values.join(', ')})`;
}

export function versions({ since, until }: Rule): string {
  if (since === undefined && until === undefined) return 'every version';
  return until === undefined ? `${since} and newer` : `${since ?? '1.0'} to ${until}`;
}

function parameters(rule: Rule): readonly string[] {
  const entries = Object.entries(
    (rule.parameters ?? {}) as Readonly<Record<string, { readonly default: unknown; readonly says: string }>>,
  );
  if (entries.length === 0) return [];
  const rows = entries.map(
    ([name, { default: value, says }]) => `| \`${name}\` | \`${JSON.stringify(value)}\` | ${escaped(says)} |`,
  );
  return ['## Parameters', ['| parameter | default | |', '|---|---|---|', ...rows].join('\n')];
}

function line({ severity, message, rule, range }: Diagnostic): string {
  return `${range ? `${range.start.line}:${range.start.column}: ` : ''}${severity}: ${message} [${rule}]`;
}

/** Long lines are cut: an example that must be huge need not be read whole. */
function fenced(language: string, text: string): string {
  const lines = text.replace(/\n+$/, '').split('\n');
  const shown = lines.map((each) => (each.length > 400 ? `${each.slice(0, 120)}... (${each.length} characters)` : each));
  return ['```'.concat(language), ...shown, '```'].join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
