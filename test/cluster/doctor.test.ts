import { describe, expect, test } from 'vitest';
import { certificatesIn, chainsTo, lifeLeft } from '../../src/cli/doctor/certificates.ts';
import { fieldsAt, fieldsOfCrd } from '../../src/cli/doctor/crd-fields.ts';
import { checksText } from '../../src/cli/doctor/print-checks.ts';
import { secretBehind } from '../../src/cli/doctor/secret-behind.ts';
import type { Field } from '../../src/model/schema/structure.ts';
import { paint } from '../../src/report/paint.ts';
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
