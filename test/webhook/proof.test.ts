import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Rule } from '../../src/lint/rule.ts';
import type { Snapshot } from '../../webhook/cluster/snapshot.ts';
import { type Deadline, deadlineFrom } from '../../webhook/deadline.ts';
import { type Proofs, startProofs } from '../../webhook/proof.ts';
import type { Surroundings } from '../../webhook/surroundings.ts';
import { still } from './support/answered.ts';
import { inputOf, limits, pool, reviewBody } from './support/asked.ts';
import { served } from './support/served.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let entry: URL;
let proofs: Proofs;
let mishaps: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-proof-'));
  const outfile = join(folder, 'worker.mjs');
  const banner = {
    js: "import { createRequire as nodeRequire } from 'node:module';\nconst require = nodeRequire(import.meta.url);",
  };
  await build({
    entryPoints: ['test/webhook/support/slow-worker.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner,
    logLevel: 'error',
  });
  entry = pathToFileURL(outfile);
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  mishaps = [];
  proofs = startProofs({ entry, onMishap: (message) => mishaps.push(message) });
  proofs.configure(inputOf({}));
});

afterEach(() => proofs.stop());

const workload = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: { template: { spec: { containers: [] } } },
};
const cluster = [pool('known', limits, { resourceVersion: '1' }), workload];
const around: Surroundings = { objects: cluster, documents: [], hasWorkloads: true, version: 1, ageSeconds: 0 };
const now = Date.parse('2026-11-24T00:00:00Z');
const created = (name: string) => ({ object: pool(name, limits), oldObject: null });
const within = (milliseconds: number): Deadline => deadlineFrom(`${milliseconds + 500}ms`, performance.now());
/** For a worker that has yet to start on a busy machine. */
const ample = () => within(25_000);
const late = { introduced: [], unchecked: 'the proof was not done in time' };

test('rules that need a proof are asked over the whole cluster, and only what is new counts', async () => {
  const { introduced, unchecked } = await proofs.ask(created('quick'), around, now, ample());
  expect(unchecked).toBeUndefined();
  expect(introduced.map(({ rule, message, object }) => [rule, message, object?.name])).toEqual([
    ['behaving', 'quick among 2', 'quick'],
  ]);
  const update = { object: pool('known', { ...limits, weight: 2 }), oldObject: cluster[0] };
  expect(await proofs.ask(update, around, now, ample())).toEqual({ introduced: [], unchecked: undefined });
  expect(mishaps).toEqual([]);
});

test('the cluster is told again when it has changed', async () => {
  await proofs.ask(created('quick'), around, now, ample());
  const grown = { ...around, objects: [...cluster, pool('other', limits)], version: 2 };
  const { introduced } = await proofs.ask(created('quick'), grown, now, ample());
  expect(introduced.map(({ message }) => message)).toEqual(['quick among 3']);
});

test('who is told that the time is up gives what he has', async () => {
  await proofs.ask(created('quick'), around, now, ample());
  const { introduced, unchecked } = await proofs.ask(created('thorough'), around, now, within(300));
  expect(introduced.map(({ message }) => message)).toEqual(['thorough among 2']);
  expect(unchecked).toBe('the proof was not done in time');
  // What was cut short is nobody else's answer.
  expect((await proofs.ask(created('quick-2'), around, now, ample())).unchecked).toBeUndefined();
});

test('one that does not come back is replaced, and whoever waits behind it is served', async () => {
  await proofs.ask(created('quick'), around, now, ample());
  const stuck = proofs.ask(created('stuck'), around, now, within(200));
  const behind = proofs.ask(created('quick-2'), around, now, ample());
  expect(await stuck).toEqual(late);
  expect((await behind).introduced.map(({ message }) => message)).toEqual(['quick-2 among 2']);
  expect(mishaps).toEqual(['the worker that proves was stuck, and is replaced']);
});

test('whoever runs out of time in the queue does not end the work of those before him', async () => {
  await proofs.ask(created('quick'), around, now, ample());
  const working = proofs.ask(created('thorough'), around, now, within(600));
  expect(await proofs.ask(created('quick-2'), around, now, within(100))).toEqual(late);
  expect((await working).introduced).toHaveLength(1);
  expect(mishaps).toEqual([]);
});

test('a rule that crashes is told of, and so is a worker that ends', async () => {
  expect(await proofs.ask(created('boom'), around, now, ample())).toEqual({
    introduced: [],
    unchecked: 'the rule behaving failed',
  });
  expect(await proofs.ask(created('die'), around, now, ample())).toEqual({ introduced: [], unchecked: 'the proof failed' });
  expect(mishaps).toEqual([expect.stringContaining('boom'), expect.stringContaining('ended')]);
  expect((await proofs.ask(created('quick'), around, now, ample())).introduced).toHaveLength(1);
});

test('more than a few do not wait', async () => {
  const asked = Array.from({ length: 17 }, (_, at) => proofs.ask(created(`quick-${at}`), around, now, ample()));
  expect((await asked[16])?.unchecked).toBe('too many proofs are waiting');
  expect((await asked[15])?.unchecked).toBeUndefined();
});

/** Only for its need: the worker has its own. */
const proving = {
  id: 'behaving',
  code: 'PP998',
  on: 'NodePool',
  needs: ['proof'],
  severity: 'error',
  check: () => [],
} as unknown as Rule;

test('at admission the answer leaves in time with what there is, and says what was not checked', async () => {
  const { limitsMissing } = await import('../../rules/limits/limits-missing.ts');
  const snapshot: Snapshot = { ...still(cluster), level: 'karpenter', kinds: () => [], stop: () => undefined };
  const server = await served({
    admission: { mode: 'enforce' },
    rules: [proving, limitsMissing as unknown as Rule],
    snapshot,
    proofWorker: entry,
  });
  const ask = async (name: string, timeout: string) =>
    JSON.parse((await server.post(JSON.stringify(reviewBody(pool(name))), { timeout })).body).response;
  const denied = await ask('quick', '30s');
  expect(denied.status.details.causes).toEqual([
    expect.objectContaining({ message: expect.stringContaining('behaving: quick among 2') }),
  ]);
  const partial = await ask('stuck', '1s');
  expect(partial.allowed).toBe(true);
  expect(partial.warnings).toEqual([
    expect.stringContaining('limits-missing'),
    'poolproof: not fully checked: the proof was not done in time',
  ]);
  expect((await server.get('/metrics')).body).toContain('poolproof_errors_total{stage="proof"} 1');
  await server.stop();
});
