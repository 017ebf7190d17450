import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ApiServer, openApiServer } from '../../webhook/cluster/api-server.ts';
import { Unreachable } from '../../webhook/cluster/unreachable.ts';
import { authority, certificate } from './certificates.mjs';
import { answer, type Peer } from './support/peer.ts';
import { aPeer, clientOf, POOLS } from './support/rig.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'poolproof-api-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

// Half a second, which is not to count against the first test that needs it.
await import('@kubernetes/client-node/dist/config.js');
const serverCa = await authority();
const serverPair = await certificate(serverCa, '127.0.0.1');
const userPair = await certificate(serverCa, 'alice');

/** An API server over TLS that answers with how it was called. */
async function mirror(): Promise<string> {
  const options = { cert: serverPair.certificate, key: serverPair.key, ca: serverCa.certificate, requestCert: true };
  const server = createServer({ ...options, rejectUnauthorized: false }, (request, response) => {
    const { authorization, 'impersonate-user': as } = request.headers;
    const peer = (request.socket as unknown as { getPeerCertificate(): { subject?: { CN: string } } }).getPeerCertificate();
    answer(response, 200, { authorization, as, certificate: peer.subject?.CN, path: request.url });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Named {
  readonly server: string;
  readonly user?: object;
  readonly cluster?: object;
}

function config(file: string, { server, user = {}, cluster = {} }: Named, name = 'here'): string {
  const ca = { 'certificate-authority-data': base64(serverCa.certificate) };
  const parts = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server, ...ca, ...cluster } }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  writeFileSync(file, JSON.stringify(parts));
  return file;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

async function opened(kubeconfig: string, context?: string): Promise<ApiServer> {
  const api = await openApiServer({ kubeconfig, context, environment: {} });
  if ('fault' in api) throw new Error(api.fault);
  return api;
}

async function seen(api: ApiServer): Promise<unknown> {
  return (await api.request('GET', '/version')).body;
}

describe('a kubeconfig', () => {
  test('with a token, and as somebody else', async () => {
    const file = config(join(folder(), 'config'), { server: await mirror(), user: { token: 'secret', as: 'bob' } });
    expect(await seen(await opened(file))).toMatchObject({ authorization: 'Bearer secret', as: 'bob' });
  });

  test('with a client certificate', async () => {
    const user = { 'client-certificate-data': base64(userPair.certificate), 'client-key-data': base64(userPair.key) };
    expect(await seen(await opened(config(join(folder(), 'config'), { server: await mirror(), user })))).toMatchObject({
      certificate: 'alice',
    });
  });

  test('with a name and a password', async () => {
    const file = config(join(folder(), 'config'), { server: await mirror(), user: { username: 'carol', password: 'p:w' } });
    expect(await seen(await opened(file))).toMatchObject({ authorization: `Basic ${base64('carol:p:w')}` });
  });

  test('with a plugin that hands out what soon expires: asked once for many requests, and again when it is over', async () => {
    const home = folder();
    const script = `
      const { appendFileSync, readFileSync } = require('node:fs');
      const log = ${JSON.stringify(join(home, 'asked'))};
      appendFileSync(log, 'x');
      const count = readFileSync(log, 'utf8').length;
      const expirationTimestamp = new Date(Date.now() + (count === 1 ? 700 : 60_000)).toISOString();
      console.log(JSON.stringify({ kind: 'ExecCredential', status: { token: 'token-' + count, expirationTimestamp } }));`;
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: ['-e', script] };
    const api = await opened(config(join(home, 'config'), { server: await mirror(), user: { exec } }));
    const several = await Promise.all([seen(api), seen(api), seen(api)]);
    expect(several.map((one) => (one as { authorization: string }).authorization)).toEqual(Array(3).fill('Bearer token-1'));
    await expect.poll(() => seen(api), { timeout: 15_000, interval: 100 }).toMatchObject({ authorization: 'Bearer token-2' });
  });

  test('without TLS, as kubectl proxy serves', async () => {
    const server = await aPeer();
    server.serve(POOLS, []);
    const api = await opened(config(join(folder(), 'config'), { server: server.url }));
    expect((await api.request('GET', POOLS)).status).toBe(200);
  });

  test('whose authority did not sign the server is not spoken to', async () => {
    const other = { 'certificate-authority-data': base64((await authority()).certificate) };
    const api = await opened(config(join(folder(), 'config'), { server: await mirror(), cluster: other }));
    await expect(seen(api)).rejects.toThrow(Unreachable);
  });

  test('without a user still verifies the server', async () => {
    const file = join(folder(), 'config');
    const cluster = { server: await mirror(), 'certificate-authority-data': base64(serverCa.certificate) };
    const contexts = [{ name: 'bare', context: { cluster: 'c' } }];
    writeFileSync(file, JSON.stringify({ clusters: [{ name: 'c', cluster }], contexts, users: [] }));
    expect(await seen(await opened(file, 'bare'))).toMatchObject({ path: '/version' });
  });

  test('of several files the first to name something wins, and one that is not there is passed over', async () => {
    const home = folder();
    const [first, second] = [await mirror(), await mirror()];
    config(join(home, 'a'), { server: first }, 'one');
    config(join(home, 'b'), { server: second }, 'one');
    config(join(home, 'c'), { server: second }, 'two');
    const environment = { KUBECONFIG: ['none', 'a', 'b', 'c'].map((name) => join(home, name)).join(':') };
    const url = async (context?: string) => {
      const api = await openApiServer({ context, environment });
      return 'fault' in api ? api.fault : api.url;
    };
    expect(await url()).toBe(first);
    expect(await url('two')).toBe(second);
    expect(await url('three')).toBe('the kubeconfig has no context "three"; it has one, two');
  });

  test('one with nothing in it says nothing, as for kubectl', async () => {
    const home = folder();
    const server = await mirror();
    writeFileSync(join(home, 'empty'), '# later\n---\n');
    config(join(home, 'config'), { server });
    const environment = { KUBECONFIG: [join(home, 'empty'), join(home, 'config')].join(':') };
    const api = await openApiServer({ environment });
    expect('fault' in api ? api.fault : api.url).toBe(server);
    const alone = await openApiServer({ kubeconfig: join(home, 'empty'), environment: {} });
    expect(alone).toEqual({ fault: expect.stringContaining('has no current context') });
  });

  test.each(['not a url', 'ftp://host', 'host:6443'])('with %j for an address is told so', async (server) => {
    const api = await openApiServer({ kubeconfig: config(join(folder(), 'config'), { server }), environment: {} });
    expect(api).toEqual({ fault: expect.stringMatching(/^the cluster ".+" of the kubeconfig: ".+" is no address such as/) });
  });

  test('what is no YAML is told in one line, without what stands there', async () => {
    const file = join(folder(), 'config');
    writeFileSync(file, 'users: [{ user: { token: hunter2 }\n');
    const api = await openApiServer({ kubeconfig: file, environment: {} });
    const { fault } = api as { readonly fault: string };
    expect(fault).toMatch(/^the kubeconfig .* cannot be read: [^\n]+$/);
    expect(fault).not.toContain('hunter2');
  });

  test('whose certificates are none cannot log in', async () => {
    const user = { 'client-certificate-data': base64('hello'), 'client-key-data': base64('hello') };
    const api = await opened(config(join(folder(), 'config'), { server: await mirror(), user }));
    const error = await seen(api).catch((rejected: unknown) => rejected);
    expect(error).toBeInstanceOf(Unreachable);
    expect((error as Error).message).toMatch(/^the certificate or the key of the context ".+" is no PEM that TLS can use: /);
  });
});

describe('a pod', () => {
  const environment = (url: string) => {
    const { hostname, port } = new URL(url);
    return { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  };

  test('speaks with its token, and with the next one as soon as the kubelet has rotated it', async () => {
    const serviceAccount = folder();
    writeFileSync(join(serviceAccount, 'ca.crt'), serverCa.certificate);
    writeFileSync(join(serviceAccount, 'token'), 'first\n');
    const api = await openApiServer({ environment: environment(await mirror()), serviceAccount });
    if ('fault' in api) throw new Error(api.fault);
    expect(await seen(api)).toMatchObject({ authorization: 'Bearer first' });
    writeFileSync(join(serviceAccount, 'token'), 'second');
    expect(await seen(api)).toMatchObject({ authorization: 'Bearer second' });
    rmSync(join(serviceAccount, 'token'));
    await expect(seen(api)).rejects.toThrow(Unreachable);
  });

  test('whose account is not mounted has no cluster to speak to', async () => {
    const api = await openApiServer({ environment: environment('https://10.0.0.1:443'), serviceAccount: folder() });
    expect(api).toMatchObject({ fault: expect.stringContaining('this is no pod') });
  });
});

describe('requests', () => {
  const once = (server: Peer, path: string, status: number, headers: Record<string, string | string[]>, body: string) =>
    server.next('list', path, (response) => void response.writeHead(status, headers).end(body));

  test('any answer is a value', async () => {
    const server = await aPeer();
    once(server, '/a', 500, {}, 'boom');
    once(server, '/b', 200, {}, '');
    once(server, '/c', 422, {}, '{"__proto__":{"x":1}}');
    const api = clientOf(server);
    expect(await api.request('GET', '/a')).toEqual({ status: 500, body: 'boom', warnings: [] });
    expect(await api.request('DELETE', '/b')).toEqual({ status: 200, body: undefined, warnings: [] });
    expect(Object.hasOwn((await api.request('GET', '/c')).body as object, '__proto__')).toBe(true);
  });

  test('warnings are read out of their quotes', async () => {
    const server = await aPeer();
    once(server, '/a', 201, { warning: ['299 - "one, \\"two\\""', '299 - "three"'] }, '{}');
    expect((await clientOf(server).request('POST', '/a', {})).warnings).toEqual(['one, "two"', 'three']);
  });

  test('a kept connection that the server closes just then: asked again where nothing can be done twice', async () => {
    const server = await aPeer();
    const api = clientOf(server);
    const hangUp = () => server.next('list', '/a', (response) => void response.socket?.destroy());
    await api.request('GET', '/a');
    hangUp();
    expect((await api.request('GET', '/a')).status).toBe(404);
    hangUp();
    await expect(api.request('POST', '/a', {})).rejects.toThrow(Unreachable);
  });

  test('a body that breaks off, and a server that is gone, are nobody’s bug', async () => {
    const server = await aPeer();
    server.next('list', '/a', (response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{', () => response.destroy());
    });
    const api = clientOf(server);
    await expect(api.request('POST', '/a')).rejects.toThrow(Unreachable);
    await server.close();
    await expect(api.request('GET', '/a')).rejects.toThrow(/ECONNREFUSED/);
  });

  test('aborted with the reason that was given', async () => {
    const server = await aPeer();
    server.next('list', '/a', () => undefined);
    const reason = new Error('no more time');
    const ended = new AbortController();
    const asked = clientOf(server).request('GET', '/a', undefined, { signal: ended.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    ended.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });

  test('a watch in one-byte pieces, with an event that is cut through a letter', async () => {
    const server = await aPeer();
    const text = Buffer.from('{"name":"größe"}\n\n{"name":"b"}\n{"name":');
    server.next('watch', '/a', async (response) => {
      for (const byte of text) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    const events: unknown[] = [];
    for await (const event of clientOf(server).watch('/a?watch=1', new AbortController().signal)) events.push(event);
    expect(events).toEqual([{ name: 'größe' }, { name: 'b' }]);
  });
});
