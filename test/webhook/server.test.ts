import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { MOST_BODY } from '../../webhook/body.ts';
import { limits, pool, reviewBody } from './support/asked.ts';
import { type Served, served } from './support/served.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let warning: Served;
let enforcing: Served;

beforeAll(async () => {
  [warning, enforcing] = await Promise.all([
    served({ admission: { mode: 'warn' } }),
    served({ admission: { mode: 'enforce' }, rest: { failOn: 'warning' } }),
  ]);
});

afterAll(() => Promise.all([warning.stop(), enforcing.stop()]));

const body = JSON.stringify(reviewBody(pool('bare')));
const uid = '705ab4f5-6393-11e8-b7cc-42010a800002';

describe('the contract', () => {
  test.each(['nodepools', 'ec2nodeclasses', 'nodeoverlays', 'nodepools-scale'])('/validate/%s answers', async (route) => {
    const { status, headers, body: text } = await warning.post(body, { route });
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(text)).toMatchObject({
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      response: { uid, allowed: true, auditAnnotations: { decision: 'warn', 'duration-ms': expect.stringMatching(/^[\d.]+$/) } },
    });
  });

  test('a denial is an answer, not a failure', async () => {
    const { status, body: text } = await enforcing.post(body);
    expect(status).toBe(200);
    expect(JSON.parse(text).response).toMatchObject({ uid, allowed: false, status: { code: 422, reason: 'Invalid' } });
  });

  test('no answer holds a patch, and every audit key is a plain name', async () => {
    for (const server of [warning, enforcing]) {
      const { response } = JSON.parse((await server.post(body)).body);
      expect(Object.keys(response).sort()).toEqual(expect.not.arrayContaining(['patch', 'patchType']));
      for (const key of Object.keys(response.auditAnnotations)) expect(key).toMatch(/^[a-z]([a-z-]*[a-z])?$/);
      for (const value of Object.values(response.auditAnnotations)) expect(value).toEqual(expect.any(String));
    }
  });

  test('keys that mean something to JavaScript are keys like others', async () => {
    const tags = '{"__proto__": {"polluted": "yes"}, "constructor": {"prototype": {"polluted": "yes"}}}';
    const text = body.replace('"metadata":{', `"metadata":{"annotations":${tags},"labels":{"__proto__":"x"},`);
    const { status, body: answer } = await warning.post(text);
    expect(status).toBe(200);
    expect(JSON.parse(answer).response.allowed).toBe(true);
    expect('polluted' in {}).toBe(false);
  });

  test('other paths and methods are not there', async () => {
    expect((await warning.post(body, { route: 'pods' })).status).toBe(404);
    expect((await warning.get('/nothing')).status).toBe(404);
  });

  test('connections are kept longer than the API server keeps them', async () => {
    const { headers } = await warning.post(body);
    const [, seconds] = /timeout=(\d+)/.exec(String(headers['keep-alive'])) ?? [];
    expect(Number(seconds)).toBeGreaterThan(90);
  });
});

describe('TLS', () => {
  const hello = (options: object): Promise<TLSSocket | Error> =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: warning.webhook.port, rejectUnauthorized: false, ...options }, () => {
        resolve(socket);
        socket.end();
      });
      socket.on('error', resolve);
    });

  test('is 1.2 or later, and HTTP/1.1', async () => {
    const old = await hello({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect(old).toBeInstanceOf(Error);
    const current = (await hello({ ALPNProtocols: ['h2', 'http/1.1'] })) as TLSSocket;
    expect(current.getProtocol()).toBe('TLSv1.3');
    expect(current.alpnProtocol).toBe('http/1.1');
    expect(((await hello({ maxVersion: 'TLSv1.2' })) as TLSSocket).getProtocol()).toBe('TLSv1.2');
  });
});

describe('what cannot be read', () => {
  const unreadable: readonly (readonly [string, string])[] = [
    ['no JSON', 'poolproof'],
    ['half of a review', body.slice(0, 300)],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['another kind', '{"apiVersion":"admission.k8s.io/v1","kind":"Pod"}'],
    ['no request', '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}'],
    ['a request without uid', '{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"operation":"CREATE"}}'],
  ];

  test.each(unreadable)('%s is a failure in so many words, so that the failure policy decides', async (_name, text) => {
    for (const server of [warning, enforcing]) {
      const { status, headers, body: answer } = await server.post(text);
      expect(status).toBe(400);
      expect(answer).toMatch(/^poolproof: .+\n$/);
      expect(headers['retry-after']).toBeUndefined();
    }
  });

  test.each([
    ['another version', body.replace('admission.k8s.io/v1"', 'admission.k8s.io/v1beta1"')],
    ['no operation', body.replace('"operation":"CREATE",', '')],
    ['an object nested a hundred thousand deep', body.replace('"spec":{', `"spec":{"x":${'['.repeat(1e5)}${']'.repeat(1e5)},`)],
  ])('%s, with a uid, is let through with a warning where nothing is enforced', async (_name, text) => {
    const lenient = await warning.post(text);
    expect(lenient.status).toBe(200);
    expect(JSON.parse(lenient.body).response).toMatchObject({
      uid,
      allowed: true,
      warnings: [expect.stringMatching(/^poolproof: not fully checked: /)],
    });
    expect((await enforcing.post(text)).status).toBe(400);
  });

  test('the type of the content is not looked at', async () => {
    for (const type of ['application/json; charset=utf-8', 'text/plain', undefined])
      expect((await warning.post(body, { type })).status).toBe(200);
  });

  test('a body beyond the cap is answered by mode', async () => {
    const text = `${body.slice(0, -2)},"pad":"${'x'.repeat(MOST_BODY)}"}}`;
    const lenient = JSON.parse((await warning.post(text)).body).response;
    expect(lenient).toMatchObject({ uid, allowed: true, warnings: [expect.stringContaining('larger than')] });
    const strict = JSON.parse((await enforcing.post(text)).body).response;
    expect(strict).toMatchObject({ uid, allowed: false, status: { code: 413, message: expect.stringContaining('larger than') } });
    expect((await warning.get('/metrics')).body).toContain('poolproof_shed_total{reason="too-large"} 1');
  });

  test('one just below it is judged', async () => {
    const text = `${body.slice(0, -2)},"pad":"${'x'.repeat(MOST_BODY - body.length - 100)}"}}`;
    expect(JSON.parse((await warning.post(text)).body).response.auditAnnotations.decision).toBe('warn');
  });
});

describe('the plain port', () => {
  test('says that it lives and is ready', async () => {
    for (const path of ['/healthz', '/readyz']) expect(await warning.get(path)).toMatchObject({ status: 200, body: 'ok\n' });
  });

  test('counts without names of objects or users', async () => {
    const name = 'a-name-that-no-label-may-have';
    await enforcing.post(
      JSON.stringify(reviewBody(pool(name), { operation: 'CREATE', userInfo: { username: name, groups: [name] } })),
    );
    const { body: text } = await enforcing.get('/metrics');
    expect(text).toMatch(
      /^poolproof_admission_requests_total\{kind="NodePool",operation="CREATE",decision="deny",mode="enforce",dry_run="false"\} \d+$/m,
    );
    expect(text).toMatch(/^poolproof_rule_findings_total\{rule="limits-missing",severity="warning"\} \d+$/m);
    expect(text).toMatch(/^poolproof_rule_duration_seconds\{rule="limits-missing"\} 0?\.?\d/m);
    expect(text).toMatch(/^poolproof_certificate_expiry_seconds\{which="ca"\} \d+/m);
    expect(text).toMatch(/^poolproof_config_info\{version="0.0.0",hash="[0-9a-f]{12}"\} 1$/m);
    for (const line of text.split('\n')) if (!line.startsWith('#')) expect(line).toMatch(/^(poolproof_.*)?$/);
    expect(text).not.toContain(name);
  });

  test('an unknown word of a caller is no label', async () => {
    const odd = reviewBody(pool('x'), { kind: { group: 'g', version: 'v', kind: 'Odd"\\n' }, operation: 'ODD' });
    await warning.post(JSON.stringify(odd));
    const { body: text } = await warning.get('/metrics');
    expect(text).toContain('kind="other",operation="other",decision="skip"');
    expect(text).not.toContain('Odd');
  });
});

describe('the log', () => {
  test('has a line for each decision but allow, and nothing of the object', async () => {
    const secret = 'a-secret-of-the-user-data';
    const userInfo = { username: 'alice', groups: [], extra: { 'authentication.kubernetes.io/credential-id': [secret] } };
    await enforcing.post(JSON.stringify(reviewBody(pool('logged', { secret }), { userInfo })));
    await enforcing.post(JSON.stringify(reviewBody(pool('fine', limits), { userInfo })));
    const lines = enforcing.log.filter(({ msg, name }) => msg === 'review' && (name === 'logged' || name === 'fine'));
    expect(lines).toMatchObject([
      {
        level: 'info',
        uid,
        kind: 'NodePool',
        name: 'logged',
        operation: 'CREATE',
        user: 'alice',
        decision: 'deny',
        mode: 'enforce',
      },
      { level: 'debug', name: 'fine', decision: 'allow', rules: [] },
    ]);
    expect(JSON.stringify(enforcing.log)).not.toContain(secret);
  });
});
