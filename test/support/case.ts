import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { minorOf } from '../../src/algebra/version.ts';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { kubeletExpression } from '../../src/catalog/kubelet-expression.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { configShape } from '../../src/config/config-shape.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { type AwsFacts, awsFacts } from '../../src/context/aws-facts.ts';
import type { Judge } from '../../src/context/link.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import type { Document } from '../../src/document/document.ts';
import { parseWith } from '../../src/document/parse.ts';
import { lint } from '../../src/lint/lint.ts';
import { type Policy, plainPolicy } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Facts, Profile } from '../../src/lint/world.ts';
import { Reading } from '../../src/model/cluster/read.ts';
import { declaredPods } from '../../src/prover/declared-pods.ts';
import { prover } from '../../src/prover/prover.ts';
import { formats } from '../../src/report/formats.ts';
import { judgeFor } from './judge.ts';

/**
 * A case is one YAML file, test/rules/<group>/<rule>.yaml or <rule>.<variant>.yaml. It runs the rule of its name alone.
 *
 * - `# expect: <rule>` at the end of a line: the rule must find exactly one thing whose range starts on that line
 *   (`# expect: <rule> x2` for two). Lines without it must find nothing.
 * - `# file: <name>` alone on a line: what follows is another file of the same run. `# before: <name>` likewise, but of the
 *   state before the change that is judged.
 *   A file `poolproof.yaml` declares pods.
 * - Head comments set the facts: `# karpenter: 1.14` (default 1.15), `# kubernetes: 1.33`, `# region: us-east-1`,
 *   `# zones: us-east-1a, us-east-1b`, `# profile: production`, `# closed-world`, `# now: 2026-11-24T00:00:00Z`,
 *   `# aws-facts: {"Subnets": []}`, `# parameters: {"max": 1}`, `# settings: {"timezone": "Europe/Berlin"}`, `# external-classes: a, b`,
 *   `# prover` for rules that ask it only where it is there.
 */
export interface Case {
  readonly files: ReadonlyMap<string, string>;
  readonly before: ReadonlyMap<string, string>;
  readonly facts: Facts;
  readonly policy: Policy;
}

export function caseOf(text: string, rule: Rule, ruleIds: ReadonlySet<string>): Case {
  const files = new Map<string, string>();
  const before = new Map<string, string>();
  let target = files;
  let name = 'case.yaml';
  for (const line of text.split('\n')) {
    const [, kind, next] = /^# (file|before): (\S+)$/.exec(line) ?? [];
    if (kind && next) {
      target = kind === 'file' ? files : before;
      name = next;
      continue;
    }
    const so = target.get(name);
    target.set(name, so === undefined ? line : `${so}\n${line}`);
  }
  const head = (key: string): string | undefined => new RegExp(`^# ${key}: (.+)$`, 'm').exec(text)?.[1]?.trim();
  const listed = (key: string): readonly string[] | undefined => head(key)?.split(/,\s*/);
  const karpenterVersion = head('karpenter') ?? '1.15';
  const profile = (head('profile') ?? 'recommended') as Profile;
  const facts: Facts = {
    target: {
      karpenterVersion,
      karpenterMinor: minorOf(karpenterVersion),
      kubernetesVersion: head('kubernetes'),
      region: head('region'),
      zones: listed('zones'),
      profile,
      closedWorld: /^# closed-world$/m.test(text),
      externalClasses: listed('external-classes') ?? [],
      minValuesPolicy: 'Strict',
      preferencePolicy: 'Respect',
    },
    now: Date.parse(head('now') ?? '2026-11-24T00:00:00Z'),
    settings: JSON.parse(head('settings') ?? '{}'),
    ruleIds,
    catalog: undefined,
    awsFacts: awsFactsOf(head('aws-facts')),
    kubeletExpression,
  };
  const parameters = head('parameters');
  const tuned = new Map([
    [rule.id, { level: rule.severity === 'off' ? ('info' as const) : undefined, parameters: JSON.parse(parameters ?? '{}') }],
  ]);
  const levelled = [...tuned].map(
    ([id, { level, parameters: own }]) => [id, level ? { level, parameters: own } : { parameters: own }] as const,
  );
  return { files, before, facts, policy: { ...plainPolicy, profile, rules: new Map(levelled) } };
}

function awsFactsOf(json: string | undefined): AwsFacts | undefined {
  if (json === undefined) return undefined;
  const reading = new Reading();
  const facts = awsFacts([JSON.parse(json)], reading);
  if (reading.problems.length > 0) throw new Error(reading.problems.join('; '));
  return facts;
}

export async function diagnose(text: string, rule: Rule, all: readonly Rule[]): Promise<readonly Diagnostic[]> {
  const { files, before, facts: plain, policy } = caseOf(text, rule, new Set(all.map(({ id }) => id)));
  const asksProver = rule.needs?.includes('proof') || /^# prover$/m.test(text);
  const facts: Facts = {
    ...plain,
    ...((asksProver || rule.needs?.includes('catalog')) && { catalog: await catalogOnce() }),
    ...(asksProver && {
      prove: prover,
      declaredPods: declaredPods(parsed(new Map([...files].filter(([name]) => isConfig(name))))),
    }),
  };
  const documents = rule.id.startsWith('config-') ? asConfig(parsed(files), all, facts.now) : parsed(files);
  // What a suppression silences is known only where the rules it names run too.
  const rules = rule.on === 'Allow' ? all : [rule];
  const isJudged = rules.some(({ on }) => on === 'Object' || on === 'Refused');
  const judge: Judge = isJudged ? await judgeFor(facts.target.karpenterMinor) : () => [];
  const job = { documents, rules, facts, policy, judge, ...(before.size > 0 && { before: parsed(before) }) };
  return lint(job).diagnostics.filter((diagnostic) => diagnostic.rule === rule.id);
}

let catalog: Promise<Catalog> | undefined;

function catalogOnce(): Promise<Catalog> {
  catalog ??= loadCatalog();
  return catalog;
}

function isConfig(file: string): boolean {
  return file === 'poolproof.yaml';
}

/** Found and expected as `file:line: rule`, so that a difference reads as one. */
export async function found(text: string, rule: Rule, all: readonly Rule[]): Promise<readonly string[]> {
  const diagnostics = await diagnose(text, rule, all);
  return diagnostics
    .filter(({ suppressed }) => !suppressed)
    .map(({ file, range, rule: id }) => `${file}:${range?.start.line}: ${id}`);
}

export function expected(text: string, rule: Rule): readonly string[] {
  const { files } = caseOf(text, rule, new Set());
  const lines: string[] = [];
  for (const [file, body] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const [index, line] of body.split('\n').entries()) {
      const [, id, times] = /# expect: ([a-z0-9-]+)(?: x(\d+))?\s*$/.exec(line) ?? [];
      if (id) lines.push(...new Array<string>(Number(times ?? 1)).fill(`${file}:${index + 1}: ${id}`));
    }
  }
  return lines;
}

function parsed(files: ReadonlyMap<string, string>): readonly Document[] {
  return [...files].flatMap(([file, text]) => {
    const invalidAt = text.indexOf('\ufffd');
    return parseWith({ file, text, ...(invalidAt !== -1 && { invalidAt }) }, {}, composeYaml);
  });
}

/** The cases of `config-*` rules are configurations. */
function asConfig(documents: readonly Document[], rules: readonly Rule[], now: number): readonly Document[] {
  return readConfig(documents, configShape({ rules, formats }), new Date(now).toISOString().slice(0, 10)).documents;
}

export function caseFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/** `test/rules/disruption/budget-zero-always.static.yaml` is a case of `budget-zero-always`. */
export function ruleOf(file: string): string {
  return basename(file).split('.')[0] ?? '';
}
