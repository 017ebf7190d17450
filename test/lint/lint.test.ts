import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { composeYaml } from '../../src/document/compose-yaml.ts';
import { fromObject } from '../../src/document/from-object.ts';
import { parseWith } from '../../src/document/parse.ts';
import { lint, type Verdict } from '../../src/lint/lint.ts';
import { type Policy, plainPolicy, type Scope } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Facts, Target } from '../../src/lint/world.ts';
import { judgeFor } from '../support/judge.ts';

const target: Target = {
  karpenterVersion: '1.15',
  karpenterMinor: '1.15',
  kubernetesVersion: undefined,
  region: undefined,
  zones: undefined,
  profile: 'recommended',
  closedWorld: false,
  externalClasses: [],
  minValuesPolicy: 'Strict',
  preferencePolicy: 'Respect',
};
const facts: Facts = {
  target,
  now: Date.parse('2026-11-24T00:00:00Z'),
  settings: {},
  ruleIds: new Set(rules.map(({ id }) => id)),
  catalog: undefined,
};
/** Few and settled, so that a new rule changes nothing here. */
const chosen = rules.filter(({ id }) => /^(?:limits-missing|imds-.*-(?:high|optional)|ami-alias-latest|allow-.*)$/.test(id));

interface Options {
  readonly policy?: Partial<Policy>;
  readonly target?: Partial<Target>;
  readonly rules?: readonly Rule[];
}

function judge(text: string, options: Options = {}, file = 'pools.yaml'): Verdict {
  return lint({
    documents: parseWith({ file, text }, {}, composeYaml),
    rules: options.rules ?? chosen,
    facts: { ...facts, target: { ...target, ...options.target } },
    policy: { ...plainPolicy, ...options.policy },
    judge: () => [],
  });
}

const ids = ({ diagnostics }: Verdict): readonly string[] =>
  diagnostics.map(({ rule, severity, suppressed }) => `${rule} ${suppressed ? `by ${suppressed.by}` : severity}`);
const found = (verdict: Verdict, rule: string): Diagnostic =>
  verdict.diagnostics.find((diagnostic) => diagnostic.rule === rule) as Diagnostic;

const unlimited = 'apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: a }\nspec: {}\n';
const nodeClass = (options: string): string =>
  `apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nmetadata: { name: c }\nspec: { metadataOptions: { ${options} } }\n`;

describe('loudness', () => {
  test('profile, then configuration, then an override where it matches; off stays off', () => {
    expect(ids(judge(unlimited))).toEqual(['limits-missing warning']);
    expect(ids(judge(unlimited, { policy: { profile: 'production' } }))).toEqual(['limits-missing error']);
    expect(ids(judge(unlimited, { policy: { profile: 'minimal' } }))).toEqual([]);
    const info = new Map([['limits-missing', { level: 'info' as const }]]);
    expect(ids(judge(unlimited, { policy: { profile: 'production', rules: info } }))).toEqual(['limits-missing info']);
    const override = {
      matches: ({ file }: { readonly file: string }) => file.startsWith('sandbox/'),
      rules: new Map([['limits-missing', { level: 'off' as const }]]),
    };
    expect(ids(judge(unlimited, { policy: { overrides: [override] } }, 'sandbox/a.yaml'))).toEqual([]);
    expect(ids(judge(unlimited, { policy: { overrides: [override] } }))).toEqual(['limits-missing warning']);
  });

  test('of a claim about everything, as is said where it stands', () => {
    const everything: Rule<'Context'> = {
      ...(rules.find(({ id }) => id === 'limits-missing') as Rule),
      on: 'Context',
      *check({ nodePools }) {
        for (const { at } of nodePools) yield { at, message: 'no limits' };
      },
    };
    const override = {
      matches: ({ object }: Scope) => object?.name === 'a',
      rules: new Map([['limits-missing', { level: 'off' as const }]]),
    };
    const two = `${unlimited}---\n${unlimited.replace('name: a', 'name: b')}`;
    const { diagnostics } = judge(two, { rules: [everything], policy: { overrides: [override] } });
    expect(diagnostics.map(({ object }) => object?.name)).toEqual(['b']);
  });

  test('a profile tunes parameters, configuration tunes them further', () => {
    const two = nodeClass('httpPutResponseHopLimit: 2');
    expect(ids(judge(two))).toEqual([]);
    expect(ids(judge(two, { policy: { profile: 'security' } }))).toEqual(['imds-hop-limit-high error']);
    const allowed = new Map([['imds-hop-limit-high', { parameters: { allowClasses: ['c'] } }]]);
    expect(ids(judge(two, { policy: { profile: 'security', rules: allowed } }))).toEqual([]);
  });
});

describe('suppression', () => {
  const optional = (comment: string): string =>
    `apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nspec:\n  metadataOptions:\n    httpTokens: optional${comment}\n`;

  test('by comment, at the line or for the file', () => {
    expect(ids(judge(optional(' # poolproof: allow imds-tokens-optional -- old agent')))).toEqual([
      'imds-tokens-optional by comment',
    ]);
    expect(ids(judge(optional('\n# poolproof: allow-file imds-tokens-optional -- old agent')))).toEqual([
      'imds-tokens-optional by comment',
    ]);
    expect(ids(judge(optional('\n# poolproof: allow imds-tokens-optional -- wrong line')))).toEqual([
      'imds-tokens-optional warning',
      'allow-unused warning',
    ]);
  });

  test('without reason or after its day it silences nothing', () => {
    expect(ids(judge(optional(' # poolproof: allow imds-tokens-optional')))).toEqual([
      'imds-tokens-optional warning',
      'allow-without-reason error',
    ]);
    expect(ids(judge(optional(' # poolproof: allow imds-tokens-optional until: 2026-11-23 -- soon')))).toEqual([
      'imds-tokens-optional warning',
      'allow-expired warning',
    ]);
  });

  test('a rule that did not run cannot have been unused', () => {
    const comment = optional(' # poolproof: allow imds-tokens-optional, limits-missing -- both');
    expect(ids(judge(comment, { policy: { profile: 'dev' } }))).toEqual(['imds-tokens-optional by comment']);
  });

  test.each([
    ['limits-missing until: 2999-01-01 -- sandbox', ['limits-missing by annotation']],
    ['limits-missing until: 2020-01-01 -- sandbox', ['allow-expired warning', 'limits-missing warning']],
    ['limits-missing', ['allow-without-reason error', 'limits-missing warning']],
    ['limits-missing --', ['allow-without-reason error', 'limits-missing warning']],
    ['imds-hop-limit-high, limits-missing \u2014 sandbox', ['allow-unused warning', 'limits-missing by annotation']],
    ['limit-missing -- sandbox', ['allow-unknown-rule error', 'limits-missing warning']],
  ])('an annotation is held to what a comment is held to: %s', (line, told) => {
    const annotations = `{ name: a, annotations: { poolproof.dev/allow: "${line}" } }`;
    expect(ids(judge(unlimited.replace('{ name: a }', annotations))).toSorted()).toEqual(told);
  });

  test('an allow in an annotation is found on its line', () => {
    const annotations =
      'metadata:\n  name: a\n  annotations:\n    poolproof.dev/allow: |\n      limits-missing -- x\n      limit-missing -- y\n';
    const verdict = judge(unlimited.replace('metadata: { name: a }\n', annotations));
    expect(found(verdict, 'allow-unknown-rule').range?.start).toMatchObject({ line: 8, column: 7 });
  });

  test('by annotation, configuration and baseline', () => {
    const annotated = unlimited.replace(
      '{ name: a }',
      '{ name: a, annotations: { poolproof.dev/allow: "limits-missing -- sandbox" } }',
    );
    expect(ids(judge(annotated))).toEqual(['limits-missing by annotation']);
    const allow = { rule: 'limits-missing', matches: () => true, reason: 'sandbox', until: undefined };
    expect(ids(judge(unlimited, { policy: { allows: [allow] } }))).toEqual(['limits-missing by config']);
    const { fingerprint } = found(judge(unlimited), 'limits-missing');
    expect(ids(judge(unlimited, { policy: { baseline: new Map([[fingerprint, 'accepted']]) } }))).toEqual([
      'limits-missing by baseline',
    ]);
  });
});

describe('fingerprints', () => {
  const terms = (list: string): string =>
    `apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nmetadata: { name: c }\nspec:\n  amiSelectorTerms:\n${list}`;
  const print = (text: string): string => found(judge(text), 'ami-alias-latest').fingerprint;
  const plain = print(terms('  - alias: al2023@latest\n'));

  test('survive moves, comments, quotes and neighbours', () => {
    expect(print(`# moved\n\n---\n${terms('  - alias: "al2023@latest" # note\n')}`)).toBe(plain);
    expect(print(terms('  - id: ami-1\n  - alias: al2023@latest\n'))).toBe(plain);
  });

  test('differ by object and value', () => {
    expect(print(terms('  - alias: al2@latest\n'))).not.toBe(plain);
    expect(print(terms('  - alias: al2023@latest\n').replace('name: c', 'name: d'))).not.toBe(plain);
  });
});

describe('which rules run', () => {
  const [limits] = chosen.filter(({ id }) => id === 'limits-missing');

  test('those of the target’s Karpenter', () => {
    const until = { ...limits, until: '1.8' } as Rule;
    expect(ids(judge(unlimited, { rules: [until] }))).toEqual([]);
    expect(ids(judge(unlimited, { rules: [until], target: { karpenterMinor: '1.8' } }))).toEqual(['limits-missing warning']);
    expect(ids(judge(unlimited, { rules: [{ ...limits, since: '1.9' } as Rule], target: { karpenterMinor: '1.10' } }))).toEqual([
      'limits-missing warning',
    ]);
  });

  test('one that lacks a fact is told once, with what would supply it', () => {
    const { diagnostics, skipped } = judge(unlimited, { rules: [{ ...limits, needs: ['region'] } as Rule] });
    expect([diagnostics, skipped]).toEqual([[], [{ need: 'region', rules: ['limits-missing'], supply: '--region REGION' }]]);
  });

  test('reading the catalog undeclared is loud', () => {
    const greedy = { ...limits, check: (_: unknown, world: { readonly catalog: unknown }) => [world.catalog] } as unknown as Rule;
    expect(() => judge(unlimited, { rules: [greedy] })).toThrow('needs: [catalog]');
  });
});

describe('placeholders', () => {
  const open = 'apiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nmetadata: { name: c }\nspec:\n';

  test('make nothing missing that may be there', () => {
    expect(
      ids(judge(`apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: a }\nspec: { limits: { cpu: "\${CPU}" } }\n`)),
    ).toEqual([]);
    expect(ids(judge(`${open}  amiSelectorTerms: [{ alias: "\${ALIAS}" }]\n`))).toEqual([]);
  });

  test('hide nothing that stands beside them', () => {
    const text = `${open}  role: "\${ROLE}"\n  metadataOptions: { httpTokens: optional }\n`;
    expect(ids(judge(text))).toEqual(['imds-tokens-optional warning']);
  });
});

test('diagnostics come in reading order and once, as plain data', () => {
  const { diagnostics } = judge(`${nodeClass('httpPutResponseHopLimit: 9, httpTokens: optional')}---\n${unlimited}`);
  expect(diagnostics.map(({ rule }) => rule)).toEqual(['imds-hop-limit-high', 'imds-tokens-optional', 'limits-missing']);
  expect(structuredClone(diagnostics)).toEqual(diagnostics);
  expect(diagnostics[0]).toMatchObject({
    path: '/spec/metadataOptions/httpPutResponseHopLimit',
    object: { kind: 'EC2NodeClass', name: 'c' },
  });
});

test('what a live object says of a taint counts as what a written one says', () => {
  const pool = {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'a' },
    spec: { template: { spec: { startupTaints: [{ key: 'example.com/not-ready', effect: 'NoSchedule' }] } } },
  };
  const agent = { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'b' }, spec: { args: ['example.com/not-ready'] } };
  const chosen = rules.filter(({ id }) => id === 'startup-taint-no-remover');
  const judged = (objects: readonly object[]): readonly string[] => {
    const documents = objects.map((object, index) => fromObject(object, `${index}`));
    return ids(lint({ documents, rules: chosen, facts, policy: plainPolicy, judge: () => [] }));
  };
  expect(judged([pool])).toHaveLength(1);
  expect(judged([pool, agent])).toEqual([]);
});

test('an object whose toString is none is told of, and breaks nothing', async () => {
  const odd = { toString: 'x', valueOf: 'y' };
  const pool = (nodeClassRef: object, more: object = {}) => ({
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name: 'a', labels: { odd }, finalizers: [odd] },
    spec: { weight: odd, replicas: odd, template: { metadata: { labels: { odd } }, spec: { nodeClassRef } }, ...more },
  });
  const verdict = lint({
    documents: [fromObject(pool({ group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'b' }), 'after')],
    before: [fromObject(pool({ group: odd, kind: odd, name: odd }), 'before')],
    rules: rules.filter(({ on }) => on === 'Object' || on === 'Refused'),
    facts,
    policy: plainPolicy,
    judge: await judgeFor('1.15'),
  });
  expect(verdict.diagnostics.length).toBeGreaterThan(2);
});

test('an edge is told whose time it is: objects are held against their schema for no rule in particular', () => {
  const parts: string[] = [];
  const documents = parseWith({ file: 'pools.yaml', text: unlimited }, {}, composeYaml);
  const asked = rules.filter(({ id }) => id === 'limits-missing' || id === 'api-cel-violation' || id === 'weight-out-of-range');
  lint(
    {
      documents,
      rules: asked,
      facts,
      policy: plainPolicy,
      judge: () => {
        parts.push('judge');
        return [];
      },
    },
    (part) => parts.push(typeof part === 'string' ? part : part.id),
  );
  expect(parts.indexOf('judge')).toBeGreaterThan(0);
  expect(parts[parts.indexOf('judge') - 1]).toBe('subjects');
  expect(parts.filter((part) => part === 'subjects')).toHaveLength(2);
  expect(parts.at(-1)).toBe('settle');
});
