import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Authority, createAuthority, issueLeaf } from '../../webhook/certificates/authority.ts';
import { mountedCertificates } from '../../webhook/certificates/mounted.ts';

const now = Date.now();
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

async function objectionTo(leaf: Authority, authorities: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-mounted-'));
  folders.push(folder);
  writeFileSync(join(folder, 'tls.crt'), leaf.certificate);
  writeFileSync(join(folder, 'tls.key'), leaf.key);
  writeFileSync(join(folder, 'ca.crt'), authorities);
  const source = await mountedCertificates(folder, { onGood: () => undefined, onBad: () => undefined });
  if ('fault' in source) throw new Error(source.fault);
  const objection = source.objection();
  source.stop();
  return objection;
}

test('a certificate stands on an authority of ca.crt', async () => {
  const [own, other] = await Promise.all([createAuthority(now), createAuthority(now)]);
  const leaf = await issueLeaf(own, ['localhost'], now);
  expect(await objectionTo(leaf, own.certificate)).toBeUndefined();
  expect(await objectionTo(leaf, other.certificate + own.certificate)).toBeUndefined();
  expect(await objectionTo(leaf, other.certificate)).toBe('the certificate is not signed by ca.crt');
  // Nothing to hold it against, as with cert-manager's ACME issuers.
  expect(await objectionTo(leaf, '')).toBeUndefined();
});
