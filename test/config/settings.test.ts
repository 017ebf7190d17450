import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { clustersOf } from '../../src/config/clusters-of.ts';
import { nameMatcher, pathMatcher } from '../../src/config/glob.ts';
import { policyOf } from '../../src/config/policy-of.ts';
import { printConfig } from '../../src/config/print-config.ts';
import { settingFault } from '../../src/config/setting-fault.ts';
import { type Settings, settingsFrom } from '../../src/config/settings.ts';
import { sharedSettings, targetOf } from '../../src/config/target-of.ts';
import type { Scope } from '../../src/lint/policy.ts';
import { settingFor } from '../../src/lint/policy.ts';
import { config, shape } from './configured.ts';

const file = (text: string): Settings => settingsFrom({ flags: {}, environment: {}, file: config(text) });

describe('settingsFrom', () => {
  test('flags before environment before cluster before file before defaults', () => {
    const said = config(
      'region: eu-west-1\nkubernetesVersion: 1.30\nprofile: dev\nfailOn: info\nclusters: [{ name: prod, paths: [p], region: eu-west-2, kubernetesVersion: 1.31, profile: production }]',
    );
    const sources = {
      flags: { region: 'us-east-1' },
      environment: { region: 'us-east-2', kubernetesVersion: '1.33' },
      file: said,
    };
    const pick = ({ region, kubernetesVersion, profile, failOn, karpenterVersion }: Settings) => {
      return [region, kubernetesVersion, profile, failOn, karpenterVersion];
    };
    expect(pick(settingsFrom(sources))).toEqual(['us-east-1', '1.33', 'dev', 'info', '1.15']);
    expect(pick(settingsFrom(sources, said.clusters?.[0]))).toEqual(['us-east-1', '1.33', 'production', 'info', '1.15']);
    expect(pick(settingsFrom({ ...sources, flags: {}, environment: {} }, said.clusters?.[0]))).toEqual([
      'eu-west-2',
      '1.31',
      'production',
      'info',
      '1.15',
    ]);
  });

  test('lists are replaced, not joined', () => {
    const sources = { flags: { zones: ['eu-west-1b'] }, environment: {}, file: config('zones: [eu-west-1a]') };
    expect(settingsFrom(sources).zones).toEqual(['eu-west-1b']);
  });

  test('rule settings meet parameter by parameter, a cluster before the top', () => {
    const said = config(
      'rules: { disruption-consolidate-after-short: { level: error, threshold: 2m } }\nclusters: [{ name: prod, paths: [p], rules: { disruption-consolidate-after-short: { level: info } } }]',
    );
    const settings = settingsFrom({ flags: {}, environment: {}, file: said }, said.clusters?.[0]);
    expect(settings.rules).toEqual({ 'disruption-consolidate-after-short': { level: 'info', parameters: { threshold: '2m' } } });
  });

  test('of two parameters the stronger source has its way', () => {
    const flags = { rules: { 'disruption-consolidate-after-short': { parameters: { threshold: '9m' } } } };
    const environment = {
      rules: { 'disruption-consolidate-after-short': { parameters: { threshold: '1m', emptyThreshold: '1s' } } },
    };
    expect(settingsFrom({ flags, environment, file: {} }).commandRules).toEqual({
      'disruption-consolidate-after-short': { parameters: { threshold: '9m', emptyThreshold: '1s' } },
    });
  });

  test('the target and the shared parameters of the engine follow', () => {
    const settings = file('karpenterVersion: 1.14.3\nzones: [eu-west-1a]\ntimezone: Asia/Seoul\nremovers: [a/b]\nfailOn: info');
    expect(targetOf(settings)).toMatchObject({ karpenterVersion: '1.14.3', karpenterMinor: '1.14', zones: ['eu-west-1a'] });
    expect(targetOf(settings)).toMatchObject({ region: undefined, closedWorld: false, minValuesPolicy: 'Strict' });
    expect(sharedSettings(settings)).toEqual({ timezone: 'Asia/Seoul', removers: ['a/b'] });
  });
});

describe('printConfig', () => {
  test('says the same when it is read again, flags and all', () => {
    const text =
      'region: eu-west-1\nrules: { limits-missing: { level: error } }\noverrides: [{ paths: [a], rules: { limits-missing: off } }]';
    const flags = { profile: 'dev', rules: { 'limits-missing': { level: 'info' } } } as const;
    const settings = settingsFrom({ flags, environment: {}, file: config(text) });
    const printed = printConfig(settings);
    const again = file(printed);
    expect(JSON.parse(printed)).toMatchObject({
      profile: 'dev',
      karpenterVersion: '1.15',
      rules: { 'limits-missing': 'error' },
    });
    expect(levelAt(again, scope('a/x.yaml'))).toBe('info');
    expect(levelAt(again, scope('a/x.yaml'))).toBe(levelAt(settings, scope('a/x.yaml')));
    expect(printConfig(again)).toBe(printed);
  });
});

const limitsMissing = rules.find(({ id }) => id === 'limits-missing');
const plain = { pathOf: (file: string) => file, baseline: new Map<string, string>() };

function levelAt(settings: Settings, at: Scope): string | undefined {
  if (!limitsMissing) throw new Error('limits-missing is gone');
  return settingFor(limitsMissing, policyOf(settings, plain), at).level;
}

function scope(file: string, labels: Readonly<Record<string, string>> = {}, name = 'gpu', namespace?: string): Scope {
  const object = { kind: 'NodePool', name, ...(namespace !== undefined && { namespace }) };
  return { file, object, labels: new Map(Object.entries(labels)) };
}

describe('policyOf', () => {
  const settings = file(`
rules: { limits-missing: error }
overrides:
  - { paths: [sandbox, "**/*.lab.yaml"], rules: { limits-missing: info } }
  - { labels: { team: ml, tier: free }, rules: { limits-missing: warning } }
  - { paths: [sandbox], labels: { team: ml }, rules: { limits-missing: off } }
`);

  test.each([
    ['pools/a.yaml', {}, 'error'],
    ['sandbox/deep/a.yaml', {}, 'info'],
    ['x/sandbox/a.yaml', {}, 'info'],
    ['a.lab.yaml', {}, 'info'],
    ['pools/a.yaml', { team: 'ml' }, 'error'],
    ['pools/a.yaml', { team: 'ml', tier: 'free' }, 'warning'],
    ['sandbox/a.yaml', { team: 'ml' }, 'off'],
  ])('%s %o: %s', (path, labels, level) => {
    expect(levelAt(settings, scope(path, labels))).toBe(level);
  });

  test('what the command line says of a rule outranks every override', () => {
    const sources = {
      flags: { rules: { 'limits-missing': { level: 'warning' } } },
      environment: {},
      file: config('overrides: [{ paths: [a], rules: { limits-missing: off } }]'),
    } as const;
    expect(levelAt(settingsFrom(sources), scope('a/x.yaml'))).toBe('warning');
  });

  test('globs are asked about the path from the folder of the configuration', () => {
    const policy = policyOf(file('overrides: [{ paths: [/nothing, sandbox/a.yaml], rules: {} }]'), {
      ...plain,
      pathOf: (file) => file.replace(/^.*repo\//, ''),
    });
    expect(policy.overrides.map(({ matches }) => matches(scope('/home/x/repo/sandbox/a.yaml')))).toEqual([true]);
  });

  test('an accepted finding is one of its rule, its files and its objects', () => {
    const policy = policyOf(
      file(
        'allow: [{ rule: limits-missing, paths: [lab], objects: ["NodePool/gpu-*", "Deployment/shop/*"], reason: x, until: 2027-01-31 }]',
      ),
      plain,
    );
    const allow = policy.allows[0];
    expect(allow).toMatchObject({ rule: 'limits-missing', reason: 'x', until: '2027-01-31' });
    expect(allow?.matches(scope('lab/a.yaml', {}, 'gpu-1'))).toBe(true);
    expect(allow?.matches(scope('lab/a.yaml', {}, 'cpu-1'))).toBe(false);
    expect(allow?.matches(scope('prod/a.yaml', {}, 'gpu-1'))).toBe(false);
    expect(allow?.matches({ file: 'lab/a.yaml', object: undefined, labels: new Map() })).toBe(false);
    expect(
      allow?.matches({ file: 'lab/a.yaml', object: { kind: 'Deployment', namespace: 'shop', name: 'web' }, labels: new Map() }),
    ).toBe(true);
  });
});

describe('globs', () => {
  test.each([
    ['clusters/*/pools.yaml', 'clusters/a/pools.yaml', true],
    ['clusters/*/pools.yaml', 'clusters/a/b/pools.yaml', false],
    ['clusters/prod', 'clusters/prod/a/b.yaml', true],
    ['./clusters/prod/', 'clusters/prod/a.yaml', true],
    ['clusters/prod', 'clusters/production/a.yaml', false],
    ['clusters/prod', 'x/clusters/prod/a.yaml', false],
    ['*.lab.yaml', 'x/y/a.lab.yaml', true],
    ['.', 'any/thing.yaml', true],
    ['charts', '.hidden/charts/a.yaml', true],
    ['{a,b}/**', 'b/c.yaml', true],
  ])('%s and %s: %s', (glob, path, matches) => {
    expect(pathMatcher([glob])(path)).toBe(matches);
  });

  test('no glob means no file', () => {
    expect([pathMatcher([])('a'), nameMatcher([])('a')]).toEqual([false, false]);
  });

  test('a file belongs to every cluster that names it', () => {
    const clusters =
      config('clusters: [{ name: a, paths: [base, clusters/a] }, { name: b, paths: [base, clusters/b] }]').clusters ?? [];
    const of = clustersOf(clusters);
    expect(['base/x.yaml', 'clusters/b/x.yaml', 'else/x.yaml'].map((path) => of(path).map(({ name }) => name))).toEqual([
      ['a', 'b'],
      ['b'],
      [],
    ]);
  });
});

describe('settingFault', () => {
  test.each([
    ['region', 'eu-west-1', undefined],
    ['zones', 'eu-west-1a', undefined],
    ['zones', 'Frankfurt', '"Frankfurt" is not a zone such as eu-west-1a'],
    ['format', 'json=out.json', undefined],
    ['failOn', 'eror', '"eror" is not one of error, warning, info, never; did you mean "error"?'],
    ['karpenterVersion', '0.37', expect.stringContaining('Karpenter 0.37 is not known')],
    ['nothing', 'x', 'there is no setting "nothing"'],
  ])('%s %s', (key, value, fault) => {
    expect(settingFault(shape, key, value)).toEqual(fault);
  });
});
