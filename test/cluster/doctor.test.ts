import { describe, expect, test } from 'vitest';
import { certificatesIn, chainsTo, lifeLeft } from '../../src/cli/doctor/certificates.ts';
import { checkFailingClosed } from '../../src/cli/doctor/check-failing-closed.ts';
import { fieldsAt, fieldsOfCrd } from '../../src/cli/doctor/crd-fields.ts';
import { checksText } from '../../src/cli/doctor/print-checks.ts';
import { secretBehind } from '../../src/cli/doctor/secret-behind.ts';
import type { Field } from '../../src/model/schema/structure.ts';
import { paint } from '../../src/report/paint.ts';
import { heard, impossiblePool } from '../../webhook/cluster/self-test.ts';
import { authority, certificate } from './certificates.mjs';

describe('certificates', async () => {
  const ca = await authority();
  const leaf = await certificate(ca, 'a.b.svc', { from: -30_000, to: 70_000 });
  const read = (...pems: readonly string[]) => certificatesIn(pems.join('\n')) ?? [];

  test('a leaf is vouched for by its authority, over what stands beside it, and by no other of the same name', async () => {
    expect(chainsTo(read(leaf.certificate), read(ca.certificate))).toBe(true);
    expect(chainsTo(read(leaf.certificate, ca.certificate), read(ca.certificate))).toBe(true);
    expect(chainsTo(read(leaf.certificate), read((await authority()).certificate))).toBe(false);
    expect(chainsTo(read(leaf.certificate), [])).toBe(false);
    expect(chainsTo(read(leaf.certificate), read(leaf.certificate))).toBe(true);
  });

  test('what part of its life is left', () => {
    const now = Date.now();
    expect(lifeLeft(read(leaf.certificate), now)).toBeCloseTo(0.7, 1);
    expect(lifeLeft(read(leaf.certificate, ca.certificate), now)).toBeCloseTo(0.7, 1);
    expect(lifeLeft(read(leaf.certificate), now + 200_000)).toBeLessThan(0);
    expect(lifeLeft(read(leaf.certificate), now - 200_000)).toBeGreaterThan(1);
  });

  test.each(['', 'no PEM', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])('none in %j', (text) => {
    expect(certificatesIn(text)).toBeUndefined();
  });
});

describe('the Secret behind a Deployment', () => {
  const pod = (spec: object) => ({ spec: { template: { spec } } });

  test('that is mounted', () => {
    const container = { args: ['serve', '--tls-dir=/certs'], volumeMounts: [{ name: 'x', mountPath: '/certs' }] };
    const volumes = [{ name: 'config' }, { name: 'x', secret: { secretName: 'own' } }];
    expect(secretBehind(pod({ containers: [container], volumes }))).toEqual({
      name: 'own',
      keys: ['tls.crt'],
      isAuthority: false,
    });
  });

  test('that the pods keep themselves', () => {
    const container = { args: ['serve', '--self-managed', '--secret=ca'] };
    expect(secretBehind(pod({ containers: [container] }))).toMatchObject({ name: 'ca', isAuthority: true });
  });

  test.each([undefined, {}, pod({}), pod({ containers: [{ args: ['serve', '--self-managed'] }] })])(
    'of %j: none',
    (deployment) => {
      expect(secretBehind(deployment)).toBeUndefined();
    },
  );
});

describe('what a kind can say', () => {
  const field: Field = {
    type: 'object',
    fields: {
      spec: {
        type: 'object',
        fields: {
          weight: { type: 'integer' },
          later: { since: '1.5', type: 'string' },
          budgets: { type: 'array', items: { type: 'object', fields: { nodes: { type: 'string' } } } },
          mode: { type: 'string', enum: [{ value: 'A' }, { since: '1.5', value: 'B' }] },
          limits: { type: 'object', values: { type: 'string' } },
        },
      },
    },
  };

  test('grows with the minor', () => {
    const old = ['weight', 'budgets', 'budgets[]', 'budgets[].nodes', 'mode', 'mode=A', 'limits', 'limits{}'];
    expect([...fieldsAt(field, '1.4')].sort()).toEqual([...old].sort());
    expect([...fieldsAt(field, '1.5')].sort()).toEqual([...old, 'later', 'mode=B'].sort());
  });

  test('is read off a CRD in the same words', () => {
    const properties = {
      weight: { type: 'integer' },
      budgets: { items: { properties: { nodes: {} } } },
      mode: { enum: ['A'] },
      limits: { additionalProperties: { type: 'string' } },
    };
    const schema = { openAPIV3Schema: { properties: { spec: { properties } } } };
    const crd = { spec: { versions: [{ storage: false }, { storage: true, schema }] } };
    expect(fieldsOfCrd(crd)).toEqual(fieldsAt(field, '1.4'));
  });
});

test('what a cluster is called cannot steer the terminal', () => {
  const text = checksText([{ id: 'x', state: 'wrong', says: 'a\u001b[31mb\nc', cure: 'do\r' }], paint(false));
  expect(text).toBe('WRONG  x  a\u241b[31mb\u240ac\n          -> do\u240d\n\n0 of 1 checks are well, 1 wrong\n');
});

describe('failing closed', () => {
  const entries = (...policies: readonly string[]) =>
    policies.map((failurePolicy, at) => ({ name: `${at}.poolproof.dev`, failurePolicy }));
  const pod = (...args: readonly string[]) => ({ spec: { template: { spec: { containers: [{ args }] } } } });
  const arms = pod('serve', '--arm-fail-closed');

  test.each([
    [entries('Ignore', 'Ignore'), pod('serve'), 'ok', 'changes pass unjudged'],
    [entries('Fail', 'Fail'), undefined, 'ok', 'changes are refused'],
    [entries('Fail', 'Ignore'), pod('serve'), 'ok', 'changes pass unjudged at 1.poolproof.dev'],
    [entries('Fail', 'Fail'), arms, 'ok', 'armed after a self test'],
    [entries('Fail', 'Ignore'), arms, 'wrong', 'not armed, although armFailClosed is set'],
  ])('%j of %j: %s, %s', (given, deployment, state, says) => {
    const check = checkFailingClosed(given, deployment);
    expect(check).toMatchObject({ state, says: expect.stringContaining(says) });
    expect(check.cure !== undefined).toBe(state === 'wrong');
  });

  test('what is heard of a pool that cannot be', () => {
    const answer = { status: 201, body: impossiblePool({ name: 'a' }), warnings: [] };
    const status = (message: string) => ({ kind: 'Status', message });
    expect(heard(answer)).toBe('silent');
    expect(heard({ ...answer, warnings: ['another webhook speaks'] })).toBe('silent');
    expect(heard({ ...answer, warnings: ['poolproof: not fully checked: too many reviews'] })).toBe('unchecked');
    expect(heard({ ...answer, warnings: ['poolproof: not fully checked: x', 'poolproof: req-contradiction: y'] })).toBe('warned');
    expect(heard({ ...answer, status: 422, body: status('poolproof: req-contradiction: y') })).toBe('denied');
    expect(heard({ ...answer, status: 500, body: status('failed calling webhook "nodepools.poolproof.dev"') })).toBe('silent');
  });
});
