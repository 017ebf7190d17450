import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configurations } from '../vap/configurations.mjs';
import { everyCondition } from '../vap/engine.ts';
import { poolproof, workspace } from './support/command.ts';

test('the policies are those of which a real API server was asked', async () => {
  const [[, config] = []] = configurations(everyCondition, '1.15');
  const cwd = workspace({ 'poolproof.json': JSON.stringify(config) });
  const { out, code } = await poolproof(['export', 'vap'], { cwd });
  expect(out).toBe(readFileSync('test/vap/golden.yaml', 'utf8'));
  expect(code).toBe(0);
});

test('what CEL cannot say is named on standard error', async () => {
  const cwd = workspace({
    'poolproof.yaml': `
      overrides: [{ labels: { tier: lab }, rules: { limits-missing: off } }]
      admission: { exemptions: [{ rules: [tgp-short], reason: a lab, until: 2099-01-31 }] }
    `,
  });
  const { err, out } = await poolproof(['export', 'vap'], { cwd });
  expect(err).toMatch(/^poolproof: \d+ rules said in CEL$/m);
  expect(err).toMatch(/stay with the webhook: .*\breq-empty-instance-set\b/);
  expect(err).toContain('1 rule left out, because the configuration tunes them for objects with some labels: limits-missing');
  expect(err).toContain('export again after 2099-01-31');
  expect(out).not.toContain('limits-missing');
});

test('modes and formats', async () => {
  const json = JSON.parse((await poolproof(['export', 'vap', '--no-config', '--mode', 'enforce', '-f', 'json'])).out);
  const names: readonly string[] = json.items.map(
    ({ metadata }: { readonly metadata: { readonly name: string } }) => metadata.name,
  );
  expect(names).toContain('poolproof-nodepools-enforce');
  expect(names).toContain('poolproof-nodepools-warn');
  expect(JSON.stringify(json)).toContain('"failurePolicy":"Ignore"');
});

test.each([
  [['--mode', 'block'], 'Allowed choices are audit, warn, enforce'],
  [['--rule', 'limits-mising=off'], 'did you mean "limits-missing"?'],
  [['--cluster', 'prod'], 'the configuration has no cluster "prod"'],
  [['--karpenter-version', 'latest'], '--karpenter-version'],
])('%s is told', async (flags, sentence) => {
  const { err, out, code } = await poolproof(['export', 'vap', ...flags], { cwd: workspace() });
  expect(err).toContain(sentence);
  expect([out, code]).toEqual(['', 2]);
});

test('of several clusters one must be named, and its settings are what is exported', async () => {
  const clusters =
    'clusters: [{ name: prod, paths: [prod/**], rules: { limits-missing: "off" } }, { name: lab, paths: [lab/**] }]\n';
  const cwd = workspace({ 'poolproof.yaml': clusters });
  const unnamed = await poolproof(['export', 'vap'], { cwd });
  expect(unnamed.err).toContain('the configuration has several clusters: name one with --cluster (prod, lab)');
  expect([unnamed.out, unnamed.code]).toEqual(['', 2]);
  const of = async (name: string): Promise<string> => (await poolproof(['export', 'vap', '--cluster', name], { cwd })).out;
  expect(await of('prod')).not.toContain('limits-missing');
  expect(await of('lab')).toContain('limits-missing');
});
