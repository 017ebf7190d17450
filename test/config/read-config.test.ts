import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { config, mistakes, read, shape } from './configured.ts';

const wrong = (text: string): readonly string[] => mistakes(read(text).documents);

describe('readConfig', () => {
  test('an empty file, and one of comments, says nothing', () => {
    for (const text of ['', '# later\n', '---\n', '{}']) expect(config(text)).toEqual({});
  });

  test('takes JSON, with the key by which editors find the schema', () => {
    expect(config('{"$schema": "./schema.json", "profile": "dev", "format": "json"}')).toEqual({
      profile: 'dev',
      format: ['json'],
    });
  });

  test('takes text as it is written, where YAML would read a number or a boolean', () => {
    const text =
      'karpenterVersion: 1.10\ntrustedOwners: [012345678901]\nrules: { limits-missing: off }\nbusinessHours: { start: 08:00, end: 18:00 }\n';
    expect(config(text)).toEqual({
      karpenterVersion: '1.10',
      trustedOwners: ['012345678901'],
      rules: { 'limits-missing': { level: 'off' } },
      businessHours: { start: '08:00', end: '18:00' },
    });
  });

  test('takes rule settings in both spellings, wherever they stand', () => {
    const rules = 'rules: { limits-missing: error, disruption-consolidate-after-short: { level: info, threshold: 2m } }';
    const read = {
      'limits-missing': { level: 'error' },
      'disruption-consolidate-after-short': { level: 'info', parameters: { threshold: '2m' } },
    };
    const text = `${rules}\noverrides: [{ paths: [a], ${rules} }]\nclusters: [{ name: prod, paths: [p], region: eu-west-1, ${rules} }]`;
    expect(config(text)).toEqual({
      rules: read,
      overrides: [{ paths: ['a'], rules: read }],
      clusters: [{ name: 'prod', paths: ['p'], region: 'eu-west-1', rules: read }],
    });
  });

  test('takes aliases and merge keys like any YAML', () => {
    const text = 'overrides:\n  - &lab { paths: [lab], rules: { limits-missing: off } }\n  - <<: *lab\n    paths: [play]\n';
    expect(config(text).overrides?.map(({ paths }) => paths)).toEqual([['lab'], ['play']]);
  });

  test('keeps declared pods as data', () => {
    const spec = { containers: [{ name: 'a', resources: { requests: { cpu: 2, memory: '1Gi' } } }] };
    expect(config(`pods: [{ count: 3, metadata: { labels: { app: x } }, spec: ${JSON.stringify(spec)} }]`).pods).toEqual([
      { count: 3, metadata: { labels: { app: 'x' } }, spec },
    ]);
  });

  test('gives nothing back where there is a mistake, but for an acceptance past its day', () => {
    expect(read('regoin: eu-west-1').value).toBeUndefined();
    expect(read('allow: [{ rule: limits-missing, paths: [a], reason: x, until: 2020-01-31 }]').value).toBeDefined();
  });
});

describe('mistakes', () => {
  test.each([
    ['regoin: eu-west-1', '1:1 config-unknown-key: the configuration has no key "regoin"; did you mean "region"?'],
    [
      'karpenter-version: "1.15"',
      '1:1 config-unknown-key: the configuration has no key "karpenter-version"; did you mean "karpenterVersion"?',
    ],
    ['reason: x', '1:1 config-unknown-key: the configuration has no key "reason"; it belongs under allow'],
    ['labels: {}', '1:1 config-unknown-key: the configuration has no key "labels"; it belongs under overrides'],
    ['limits-missing: off', '1:1 config-unknown-key: the configuration has no key "limits-missing"; it belongs under rules'],
    ['customRules: []', '1:1 config-unknown-key: the configuration has no key "customRules"'],
    ['__proto__: {}', '1:1 config-unknown-key: the configuration has no key "__proto__"'],
    [
      'karpenterVersion: 1.16',
      '1:19 config-invalid-value: karpenterVersion: "1.16" is not a Karpenter version, 1.0 to 1.15, with or without a patch: Karpenter 1.16 is not known',
    ],
    [
      'profile: prodution',
      '1:10 config-invalid-value: profile: "prodution" is not one of minimal, recommended, production, spot-heavy, security, dev; did you mean "production"?',
    ],
    ['zones: [eu-west-1a, {}]', '1:21 config-wrong-type: zones[1] is a mapping, and takes a zone such as eu-west-1a'],
    ['region: [a]', '1:1 config-wrong-type: region is a list, and takes a region such as eu-west-1'],
    ['closedWorld: "true"', '1:14 config-wrong-type: closedWorld: it takes true or false'],
    ['- a', '1:1 config-wrong-type: the file is a list, and takes a mapping with known keys'],
    [
      'rules: { limit-missing: off }',
      '1:10 config-unknown-rule: there is no rule "limit-missing"; did you mean "limits-missing"?',
    ],
    [
      'rules: { limits-missing: loud }',
      '1:26 config-invalid-value: rules.limits-missing: "loud" is not one of off, info, warning, error',
    ],
    [
      'rules: { limits-missing: { maximum: 1 } }',
      '1:28 config-unknown-parameter: rules.limits-missing has no parameter "maximum"',
    ],
    [
      'allow: [{ rule: limit-missing, paths: [a], reason: x }]',
      '1:17 config-unknown-rule: allow[0].rule: there is no rule "limit-missing"; did you mean "limits-missing"?',
    ],
    ['allow: [{ rule: limits-missing, paths: [a] }]', '1:11 config-missing-key: an accepted finding needs "reason"'],
    ['allow: [{ rule: limits-missing, reason: x }]', '1:11 config-missing-key: an accepted finding needs "paths" or "objects"'],
    ['region: eu-west-1\nregion: eu-west-2', '2:1 config-duplicate-key: key "region" is written twice in one mapping'],
    ['region: a: b', '1:9 syntax: '],
    ['region: {{ .Values.region }}', '1:9 '],
  ])('%s', (text, message) => {
    expect(wrong(text).map((found) => found.slice(0, message.length))).toEqual([message]);
  });

  test('whatever stands in the file, it is read or refused with a place', () => {
    const keys = fc.constantFrom(...Object.keys(shape.keys), 'name', 'paths', 'level', 'limits-missing', '__proto__');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.jsonValue({ maxDepth: 0 }), fc.array(tie('value'), { maxLength: 3 }), tie('record')),
      record: fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
    }));
    fc.assert(
      fc.property(value, (json) => {
        const { value: said, documents } = read(JSON.stringify(json));
        const found = mistakes(documents);
        expect(found.filter((mistake) => !/^\d+:\d+ /.test(mistake))).toEqual([]);
        expect(said === undefined).toBe(found.length > 0);
      }),
      { numRuns: 300 },
    );
  });

  test('a suggestion comes with the edit that follows it', () => {
    const [problem] = read('regoin: eu-west-1').documents.flatMap(({ problems }) => problems);
    expect(problem?.fixes?.[0]?.ops).toMatchObject([{ op: 'rename', key: 'region' }]);
    const [value] = read('profile: prodution').documents.flatMap(({ problems }) => problems);
    expect(value?.fixes?.[0]?.ops).toMatchObject([{ op: 'set', value: 'production' }]);
  });
});
