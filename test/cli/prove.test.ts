import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { fixOffers } from '../../src/cli/prove/fix-offers.ts';
import { onlyPool } from '../../src/cli/prove/only-pool.ts';
import { proofOutputs } from '../../src/cli/prove/proof-outputs.ts';
import { placesIn } from '../../src/report/proof-report.ts';
import { sampleProof, sampleReport } from '../report/sample-proof.ts';
import { poolproof, spawned, text, workspace } from './support/command.ts';

const manifests = filesIn(readFileSync('docs/prove.md', 'utf8'));
const facts = ['--no-config', '--region', 'us-east-1', '--zones', 'us-east-1a,us-east-1b'];

/** Fenced blocks that begin with the name of a file. */
function filesIn(page: string): Readonly<Record<string, string>> {
  const blocks = [...page.matchAll(/```yaml\n# ([\w-]+\.yaml)\n(.*?)```/gs)];
  return Object.fromEntries(blocks.map(([, name, content]) => [name, content]));
}

/** What follows a command in a block of the page. */
function outputIn(page: string): string {
  return /```console\n\$ [^\n]*\n(.*?)```/s.exec(page)?.[1] ?? '';
}

const folder = workspace(manifests);
const ask = async (...args: readonly string[]) => await poolproof(['prove', ...facts, ...args], { cwd: folder });

describe('the example of the documentation', () => {
  test('is what the command prints', async () => {
    const { code, out } = await ask('pools.yaml', 'apps.yaml');
    expect(out).toBe(outputIn(readFileSync('docs/prove.md', 'utf8')));
    expect(code).toBe(1);
  });
});

test('a file, a page and standard output in one run', async () => {
  const { code, out, err } = await ask('--format', 'json', '--format', 'markdown=comment.md', '--html', 'page.html', '.');
  const document = JSON.parse(out);
  const validate = new Ajv().compile(JSON.parse(readFileSync('schema/proof.schema.json', 'utf8')));
  validate(document);
  expect(validate.errors).toBeNull();
  const { version, pools, pods, target } = document;
  expect(version).toBe(1);
  expect(target).toMatchObject({ region: 'us-east-1', scale: 'max' });
  expect(pools.map(({ name, verdict }: { name: string; verdict: string }) => [name, verdict])).toEqual([['general', 'proved']]);
  const verdicts = pods.map(({ pod, verdict }: { pod: string; verdict: string }) => `${pod}: ${verdict}`);
  expect(verdicts).toEqual(expect.arrayContaining(['Deployment shop/web: proved', 'Deployment shop/reports: refuted']));
  expect(text(folder, 'comment.md')).toMatch(/^### poolproof: 1 pool: 1 proved · 2 workloads: 1 refuted, 1 proved/);
  expect(text(folder, 'page.html')).toContain('<h2 id="families-title">');
  expect([code, err]).toEqual([1, '']);
});

test('what comes through a pipe is asked about, as far as the time goes', () => {
  const { code, out } = spawned(['prove', ...facts, '--max-seconds', '0.000001', '-'], {
    input: manifests['pools.yaml'] ?? '',
  });
  expect(out).toContain('not asked, the time was up: general');
  expect(code).toBe(0);
});

test('--strict-unknown takes nothing on trust, not even what was not asked', async () => {
  expect((await ask('--max-seconds', '0.000001', '--strict-unknown', 'pools.yaml')).code).toBe(1);
});

test('--fix writes what makes a pod provable', async () => {
  const copy = workspace(manifests);
  const fix = async (...args: readonly string[]) => await poolproof(['prove', ...facts, '--fix', ...args, '.'], { cwd: copy });
  const dry = await fix('--unsafe', '--drifts', '--dry-run');
  expect(dry.out).toMatch(/^--- a\/apps\.yaml\n/);
  expect(text(copy, 'apps.yaml')).toBe(manifests['apps.yaml']);
  const fixed = await fix('--unsafe', '--drifts');
  expect(fixed.err).toMatch(/^fixed 1 conflict in 1 file\n/);
  expect(fixed.code).toBe(0);
  expect(text(copy, 'apps.yaml')).not.toBe(manifests['apps.yaml']);
});

describe('ends with 2, and says where', () => {
  const broken = workspace({
    ...manifests,
    'broken.yaml': 'kind: NodePool\nspec: [\n',
    'template.yaml': 'kind: NodePool\nmetadata:\n  name: {{ .name }}\n',
  });

  test.each([
    { args: ['nowhere.yaml'], says: 'nowhere.yaml does not exist' },
    { args: ['--fix', '-'], says: '--fix cannot write to standard input' },
    { args: ['broken.yaml'], says: 'broken.yaml:3:1: ' },
    { args: ['template.yaml'], says: 'could not be asked about: template.yaml' },
  ])('$args', async ({ args, says }) => {
    const { code, err } = await poolproof(['prove', ...facts, ...args], { cwd: broken });
    expect(err).toContain(says);
    expect(code).toBe(2);
  });

  test.each([
    { said: ['jsn'], says: 'did you mean "json"?' },
    { said: ['html'], says: '--html FILE' },
    { said: ['json', 'pretty'], says: 'only one format can go to standard output' },
  ])('--format $said', ({ said, says }) => {
    expect(() => proofOutputs(said)).toThrow(says);
  });
});

test('nothing in view is nothing proved', () => {
  const { code, out } = spawned(['prove', ...facts, '--format', 'json', '-'], { input: 'a: 1\n' });
  expect(JSON.parse(out)).toMatchObject({ pools: [], pods: [], unknowns: [] });
  expect(code).toBe(0);
});

test('one pool alone is told with the pods that it would get, and what it has against those that run nowhere', () => {
  const general = onlyPool(sampleProof, 'general');
  expect(general.pods.map(({ pod }) => pod)).toEqual([
    'Deployment shop/web',
    'Deployment ml/train',
    'StatefulSet shop/db',
    'small web',
  ]);
  const gpu = onlyPool(sampleProof, 'gpu');
  expect(gpu.pods.map(({ pod, conflicts }) => [pod, conflicts.map(({ pool }) => pool)])).toEqual([
    ['Deployment ml/train', ['gpu', 'gpu']],
  ]);
  expect(gpu.unknowns).toEqual([]);
  expect(() => onlyPool(sampleProof, 'genral')).toThrow('did you mean "general"?');
});

test('of all pools that could take a pod the one whose fix risks least is mended', () => {
  const offers = fixOffers(sampleProof, placesIn(sampleReport.documents));
  expect(offers.map((fixes) => fixes.map(({ safety }) => safety))).toEqual([['drifts'], ['drifts', 'unsafe']]);
});

test('what the API server refuses is no silent part of a proof', () => {
  const proved = (input: string): string => spawned(['prove', ...facts, '-'], { input }).out.replaceAll(/\s+/g, ' ');
  const accepted = manifests['pools.yaml'] ?? '';
  expect(proved(accepted)).not.toContain('refuses it');
  expect(proved(accepted.replace('spec:\n', 'spec:\n  weight: 500\n'))).toMatch(
    /assumed: <stdin>:\d+:\d+: NodePool is accepted, though the API server refuses it/,
  );
});
