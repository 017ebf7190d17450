import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { expect, test, vi } from 'vitest';
import type { Rule } from '../../src/lint/rule.ts';
import { inputOf, pool, reviewBody } from './support/asked.ts';
import { type Served, served, until } from './support/served.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const body = JSON.stringify(reviewBody(pool('bare')));

interface Loaded {
  readonly calls: number;
  readonly lost: readonly string[];
  /** What answers said of their connection. */
  readonly connection: ReadonlySet<string | undefined>;
}

/** Calls without a pause on several connections until it is told to stop; counts what went wrong. */
function load(server: () => Served, connections: number): () => Promise<Loaded> {
  let isOver = false;
  const connection = new Set<string | undefined>();
  let calls = 0;
  const lost: string[] = [];
  const one = async (): Promise<void> => {
    while (!isOver) {
      calls++;
      try {
        const { status, headers } = await server().post(body);
        connection.add(headers.connection);
        if (status !== 200) lost.push(String(status));
      } catch (error) {
        lost.push(String(error));
      }
    }
  };
  const all = Promise.all(Array.from({ length: connections }, one));
  return async () => {
    isOver = true;
    await all;
    return { calls, lost, connection };
  };
}

test('a configuration is taken up under load, and a bad one is not', async () => {
  const server = await served({ admission: { mode: 'warn' }, rest: { failOn: 'warning' } });
  const finish = load(() => server, 3);
  const mode = async (): Promise<string> => JSON.parse((await server.post(body)).body).response.auditAnnotations.mode;
  expect(await mode()).toBe('warn');

  server.configure({ mode: 'enforce' }, { failOn: 'warning' });
  await until(async () => (await mode()) === 'enforce');
  server.answerConfig({ fault: 'the configuration poolproof.yaml:1:1: it is broken' });
  await until(() => server.log.some(({ fault }) => String(fault).includes('it is broken')));
  expect(await mode()).toBe('enforce');
  expect((await server.get('/readyz')).status).toBe(200);
  const { body: metrics } = await server.get('/metrics');
  // A file that is written may be seen more than once on its way.
  expect(metrics).toMatch(/poolproof_config_reload_total\{result="error"\} [1-9]/);
  expect(metrics).toContain('poolproof_config_reload_total{result="success"} 2');

  const { calls, lost } = await finish();
  expect(lost).toEqual([]);
  expect(calls).toBeGreaterThan(10);
  await server.stop();
});

test('a certificate is taken up under load, and a bad one is not', async () => {
  const server = await served();
  const finish = load(() => server, 3);
  const shown = async (): Promise<string> => (await server.post(body, { agent: new Agent() })).certificate;
  const first = await shown();

  await server.renew();
  await until(async () => (await shown()) !== first);
  const second = await shown();
  writeFileSync(join(server.folder, 'tls.crt'), 'no certificate');
  await until(() => server.log.some(({ fault }) => String(fault).includes('is not PEM')));
  expect(await shown()).toBe(second);
  expect((await server.get('/metrics')).body).toMatch(/poolproof_certificate_reload_total\{result="error"\} [1-9]/);

  const { lost } = await finish();
  expect(lost).toEqual([]);
  await server.stop();
});

test('a key that is not that of the certificate is not taken up', async () => {
  const server = await served();
  const other = await served();
  const { readFileSync } = await import('node:fs');
  writeFileSync(join(server.folder, 'tls.key'), readFileSync(join(other.folder, 'tls.key')));
  await until(() => server.log.some(({ fault }) => String(fault).includes('the key is not that of the certificate')));
  expect((await server.post(body)).status).toBe(200);
  await Promise.all([server.stop(), other.stop()]);
});

test('a rollout loses no call: who goes says so, sends callers away, and answers to the end', async () => {
  const [old, next] = await Promise.all([served({ drainSeconds: 1.5 }), served()]);
  let target = old;
  const finish = load(() => target, 4);
  expect((await old.post(body)).headers.connection).toBe('keep-alive');
  const stopped = old.stop();
  await until(async () => (await old.get('/readyz')).body.includes('draining'));
  // The endpoint leaves the Service some time after the pod is not ready any more.
  await new Promise((resolve) => setTimeout(resolve, 100));
  target = next;
  await stopped;
  const { calls, lost, connection } = await finish();
  expect(lost).toEqual([]);
  expect(calls).toBeGreaterThan(20);
  expect([...connection].sort()).toEqual(['close', 'keep-alive']);
  await expect(old.post(body, { agent: new Agent() })).rejects.toThrow('ECONNREFUSED');
  await next.stop();
});

test('connections over which nothing is asked hold nothing up', async () => {
  const server = await served({ drainSeconds: 0.2 });
  const { port } = server.webhook;
  const bare = connect(port, '127.0.0.1');
  const secure = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  for (const socket of [bare, secure]) socket.on('error', () => undefined);
  await once(secure, 'secureConnect');
  const ended = [bare, secure].map((socket) => once(socket, 'close'));
  await server.stop();
  await Promise.all(ended);
});

/** Crashes on every pool, which no rule may and one might. */
const crashing = {
  id: 'crashing',
  code: 'PP999',
  on: 'NodePool',
  effect: 'risk',
  severity: 'error',
  summary: 'a rule with a bug',
  why: 'For a test.',
  docs: 'https://example.com/',
  bad: '',
  good: '',
  // biome-ignore lint/correctness/useYield: it comes to none
  *check() {
    throw new Error('boom');
  },
} satisfies Rule;

test('a rule that crashes takes nobody else with it, and is told of', async () => {
  const { limitsMissing } = await import('../../rules/limits/limits-missing.ts');
  const server = await served({ admission: { mode: 'warn' }, rules: [crashing, limitsMissing as unknown as Rule] });
  const { response } = JSON.parse((await server.post(body)).body);
  expect(response.allowed).toBe(true);
  expect(response.warnings).toEqual([
    expect.stringContaining('limits-missing'),
    'poolproof: not fully checked: the rule crashing failed',
  ]);
  expect(server.log).toContainEqual(expect.objectContaining({ rule: 'crashing', level: 'error' }));
  expect((await server.get('/metrics')).body).toContain('poolproof_errors_total{stage="rule"}');
  await server.stop();
});

test('what cannot be taken up at the start is a fault, and nothing is left running', async () => {
  const { startWebhook } = await import('../../webhook/webhook.ts');
  const { createLog } = await import('../../webhook/log.ts');
  let opened = false;
  const options = {
    rules: [],
    version: '0.0.0',
    log: createLog('error', process.stderr),
    loadConfig: async () => ({ fault: 'no configuration' }),
    openCertificates: async () => {
      opened = true;
      return { fault: 'no certificate' };
    },
    openSnapshot: () => undefined,
    proofWorker: new URL('data:text/javascript,'),
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    drainSeconds: 0,
    mostInFlight: 1,
    mostQueued: 1,
  };
  expect(await startWebhook(options)).toEqual({ fault: 'no configuration' });
  expect(opened).toBe(false);
  const good = async () => ({ value: inputOf({}), folders: [] });
  expect(await startWebhook({ ...options, loadConfig: good })).toEqual({ fault: 'no certificate' });
});
