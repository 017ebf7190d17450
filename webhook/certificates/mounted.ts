import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Loaded, reloading } from '../reloading.ts';
import type { CertificateEvents, CertificateSource } from './certificate-source.ts';
import { type KeyPair, keyPair } from './key-pair.ts';

interface Mounted {
  readonly pair: KeyPair;
  readonly authority: X509Certificate | undefined;
}

/** `tls.crt` and `tls.key` of a folder, and `ca.crt` where it is there: a mounted Secret, renewed by others. */
export async function mountedCertificates(
  folder: string,
  events: CertificateEvents,
  poll?: number,
): Promise<CertificateSource | { readonly fault: string }> {
  let present: (pair: KeyPair) => void = () => undefined;
  const held = await reloading<Mounted>({
    load: () => loadPair(folder),
    onGood: ({ pair }) => {
      present(pair);
      events.onGood();
    },
    onBad: events.onBad,
    poll,
  });
  if ('fault' in held) return held;
  return {
    current: () => held.current().pair,
    objection: () => objectionTo(held.current(), Date.now()),
    authorityUntil: () => {
      const { authority } = held.current();
      return authority && Date.parse(authority.validTo);
    },
    onChange: (next) => {
      present = next;
    },
    stop: held.stop,
  };
}

async function loadPair(folder: string): Promise<Loaded<Mounted>> {
  const [certificate, key, authority] = await Promise.all(
    ['tls.crt', 'tls.key', 'ca.crt'].map((name) => readText(join(folder, name))),
  );
  if (certificate === undefined || key === undefined) {
    return { fault: `${join(folder, certificate === undefined ? 'tls.crt' : 'tls.key')} cannot be read` };
  }
  const pair = keyPair(certificate, key);
  if ('fault' in pair) return { fault: `${folder}: ${pair.fault}` };
  const identity = JSON.stringify([certificate, key, authority]);
  return { identity, folders: [folder], make: async () => ({ pair, authority: authorityFrom(authority) }) };
}

function authorityFrom(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined || pem.trim() === '' ? undefined : new X509Certificate(pem);
  } catch {
    // Only informs: what is served hangs on the other two files.
    return undefined;
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

function objectionTo({ pair, authority }: Mounted, now: number): string | undefined {
  if (now >= pair.until) return 'the certificate has expired';
  if (now < pair.from) return 'the certificate is not valid yet';
  const leaf = new X509Certificate(pair.certificate);
  // A bundle of several, or an intermediate: not ours to unravel.
  if (authority && leaf.issuer === authority.subject && !leaf.verify(authority.publicKey))
    return 'the certificate is not signed by ca.crt';
  return undefined;
}
