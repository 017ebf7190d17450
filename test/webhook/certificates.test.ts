import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAuthority, isSignedBy, issueLeaf, lifeLeftOf } from '../../webhook/certificates/authority.ts';
import { certificatesIn } from '../../webhook/certificates/authority-secret.ts';
import type { CertificateSource } from '../../webhook/certificates/certificate-source.ts';
import { keyPair } from '../../webhook/certificates/key-pair.ts';
import { selfManagedCertificates } from '../../webhook/certificates/self-managed.ts';
import { until } from './support/served.ts';
import { type SmallApiServer, smallApiServer } from './support/small-api-server.ts';

// Only so that a busy machine does not end what is slow.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const DAY = 86_400_000;
const start = Date.parse('2026-11-24T00:00:00Z');
const secretPath = '/api/v1/namespaces/poolproof/secrets/authority';
const hookPath = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/poolproof';

describe('certificates', () => {
  test('a leaf is what TLS wants of a server, and no longer valid than its authority', async () => {
    const authority = await createAuthority(start, 3 * DAY);
    const { certificate, key } = await issueLeaf(authority, ['a.b.svc', '127.0.0.1'], start);
    const leaf = new X509Certificate(certificate);
    expect(leaf.subjectAltName).toBe('DNS:a.b.svc, IP Address:127.0.0.1');
    expect(leaf.checkHost('a.b.svc')).toBe('a.b.svc');
    expect(leaf.ca).toBe(false);
    expect(leaf.validTo).toBe(new X509Certificate(authority.certificate).validTo);
    expect(leaf.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(keyPair(certificate, key)).toMatchObject({ until: start + 3 * DAY });
    expect(keyPair(certificate, authority.key)).toEqual({ fault: 'the key is not that of the certificate' });
    expect(keyPair(certificate, 'x')).toMatchObject({ fault: expect.stringContaining('PEM private key') });
    expect(lifeLeftOf(certificate, start + 1.5 * DAY)).toBeCloseTo(0.5, 2);
  });

  test('a bundle verifies by any of its authorities, as long as that is valid', async () => {
    const [one, two] = await Promise.all([createAuthority(start, DAY), createAuthority(start)]);
    const leaf = await issueLeaf(one, ['x'], start);
    expect(isSignedBy(leaf.certificate, [two.certificate, one.certificate], start)).toBe(true);
    expect(isSignedBy(leaf.certificate, [two.certificate], start)).toBe(false);
    expect(isSignedBy(leaf.certificate, [one.certificate], start + 2 * DAY)).toBe(false);
    expect(certificatesIn(`${one.certificate}nonsense\n${two.certificate}`)).toEqual([one.certificate, two.certificate]);
  });
});

describe('self-managed', () => {
  let api: SmallApiServer;
  let clock: number;
  let open: CertificateSource[];
  let faults: string[];

  beforeEach(() => {
    api = smallApiServer();
    clock = start;
    open = [];
    faults = [];
    hook({ service: { name: 'poolproof', namespace: 'poolproof' } });
  });
  afterEach(() => {
    for (const each of open) each.stop();
  });

  const hook = (...configs: readonly object[]): void => {
    const webhooks = configs.map((clientConfig, at) => ({ name: `w${at}`, clientConfig }));
    api.objects.set(hookPath, { metadata: { name: 'poolproof', resourceVersion: 'h1' }, webhooks });
  };
  const pod = async (authorityLife = 365 * DAY): Promise<CertificateSource> => {
    const source = await selfManagedCertificates({
      api,
      secret: 'authority',
      service: 'poolproof',
      namespace: 'poolproof',
      webhookConfiguration: 'poolproof',
      events: { onGood: () => undefined, onBad: (fault) => faults.push(fault) },
      clock: () => clock,
      times: { poll: 10, hurry: 5, grace: 60_000, authorityLife },
    });
    if ('fault' in source) throw new Error(source.fault);
    open.push(source);
    return source;
  };
  const bundles = (): readonly string[] => {
    const { webhooks } = api.objects.get(hookPath) as { webhooks?: readonly { clientConfig: { caBundle?: string } }[] };
    return (webhooks ?? []).map(({ clientConfig }) => clientConfig.caBundle ?? '');
  };
  const bundle = (): readonly string[] => certificatesIn(Buffer.from(bundles()[0] ?? '', 'base64').toString('utf8'));
  const isTrusted = (source: CertificateSource): boolean => isSignedBy(source.current().certificate, bundle(), clock);

  test('makes an authority, publishes it, and serves what it signed', async () => {
    const source = await pod();
    expect(bundle()).toHaveLength(1);
    expect(isTrusted(source)).toBe(true);
    expect(source.objection()).toBeUndefined();
    const leaf = new X509Certificate(source.current().certificate);
    expect(leaf.checkHost('poolproof.poolproof.svc')).toBeDefined();
    expect(source.current().until - start).toBe(7 * DAY);
    expect(source.authorityUntil()).toBe(start + 365 * DAY);
    // Nothing secret is where it can be read by whoever may read webhooks.
    expect(JSON.stringify(api.objects.get(hookPath))).not.toContain(Buffer.from('PRIVATE').toString('base64').slice(0, 8));
  });

  test('puts it into the empty Secret that the chart brings', async () => {
    api.objects.set(secretPath, {
      metadata: { name: 'authority', namespace: 'poolproof', resourceVersion: '1' },
      type: 'Opaque',
    });
    expect(isTrusted(await pod())).toBe(true);
    expect(api.writes.filter((line) => line.includes('secrets'))).toEqual([`PUT ${secretPath}`]);
  });

  test.each(['no Secret', 'an empty Secret'])(
    'of several pods that begin at once with %s all serve one authority',
    async (given) => {
      if (given !== 'no Secret') api.objects.set(secretPath, { metadata: { name: 'authority', resourceVersion: '1' } });
      const pods = await Promise.all([pod(), pod(), pod(), pod()]);
      expect(bundle()).toHaveLength(1);
      await until(() => pods.every((each) => each.objection() === undefined));
      for (const each of pods) expect(isTrusted(each)).toBe(true);
    },
  );

  test('renews its leaf at two thirds, by the wall clock, however long it slept', async () => {
    const source = await pod();
    const presented: string[] = [];
    source.onChange(({ certificate }) => presented.push(certificate));
    const first = source.current().certificate;
    clock += 4 * DAY;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(source.current().certificate).toBe(first);
    clock += DAY;
    await until(() => source.current().certificate !== first);
    expect(presented).toEqual([source.current().certificate]);
    expect(isTrusted(source)).toBe(true);
  });

  test('renews its authority with both in the bundle, and signs with the new one only after a while', async () => {
    const pods = [await pod(), await pod()];
    const old = bundle();
    clock += 250 * DAY;
    await until(() => bundle().length === 2);
    const both = bundle();
    expect(both).toContain(old[0]);
    // Leaves have run out too, by this leap: whoever has none that is valid takes the new one at once.
    await until(() => pods.every((each) => each.objection() === undefined));

    clock += 61_000;
    const current = both.filter((each) => each !== old[0]);
    await until(() => pods.every((each) => isSignedBy(each.current().certificate, current, clock)));
    expect(api.writes.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
    clock += 200 * DAY;
    await until(() => !bundle().includes(old[0] ?? ''));
  });

  test('during a renewal the old leaf is served until the new authority is known', async () => {
    const source = await pod(9 * DAY);
    const first = source.current().certificate;
    const old = bundle();
    clock += 5 * DAY;
    await until(() => source.current().certificate !== first);
    expect(bundle()).toEqual(old);
    clock += 1.2 * DAY;
    await until(() => bundle().length === 2);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(isSignedBy(source.current().certificate, old, clock)).toBe(true);
    expect(source.objection()).toBeUndefined();
    clock += 61_000;
    await until(() => !isSignedBy(source.current().certificate, old, clock));
    expect(source.objection()).toBeUndefined();
  });

  test('is not ready before anybody can trust it', async () => {
    api.objects.delete(hookPath);
    const source = await pod();
    expect(source.objection()).toBe('the ValidatingWebhookConfiguration poolproof is not there');
    hook({ service: { name: 'poolproof', namespace: 'poolproof' } });
    await until(() => source.objection() === undefined);
    hook({ service: { name: 'poolproof', namespace: 'poolproof' } });
    await until(() => bundle().length === 1);
  });

  test('touches only webhooks that call it', async () => {
    hook({ service: { name: 'other', namespace: 'poolproof' } }, { service: { name: 'poolproof', namespace: 'poolproof' } });
    await pod();
    expect(bundles()).toEqual(['', expect.stringMatching(/^.{100,}$/)]);
  });

  test('serves the host of a URL too', async () => {
    hook({ url: 'https://hooks.example.com:9443/validate/nodepools' }, { url: 'https://127.0.0.1/x' });
    const source = await pod();
    const leaf = new X509Certificate(source.current().certificate);
    expect(leaf.subjectAltName).toContain('DNS:hooks.example.com, IP Address:127.0.0.1');
  });

  test('goes on with what it has while the API server is away', async () => {
    const source = await pod();
    const first = source.current().certificate;
    api.isDown = true;
    clock += 5 * DAY;
    await until(() => source.current().certificate !== first);
    expect(source.objection()).toBeUndefined();
    expect(faults.some((fault) => fault.includes('cannot be reached'))).toBe(true);
  });

  test('says what it may not do', async () => {
    api.refusals.set(`GET ${secretPath}`, 403);
    await expect(pod()).rejects.toThrow('the Secret poolproof/authority could not be read: not today');
  });
});
