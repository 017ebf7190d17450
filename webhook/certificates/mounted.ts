import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Loaded, reloading } from '../reloading.ts';
import type { CertificateEvents, CertificateSource } from './certificate-source.ts';
import { type KeyPair, keyPair } from './key-pair.ts';

interface Mounted {
  readonly pair: KeyPair;
  /** What `ca.crt` holds: one or several, none where the file is not there. */
  readonly authorities: readonly X509Certificate[];
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
      const [authority] = held.current().authorities;
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
  return { identity, folders: [folder], make: async () => ({ pair, authorities: certificatesIn(authority ?? '') ?? [] }) };
}

/** Undefined where one of them cannot be read: what is served hangs on the other two files, and this one only informs. */
function certificatesIn(pem: string): readonly X509Certificate[] | undefined {
  try {
    const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    return found.map((each) => new X509Certificate(each));
  } catch {
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

function objectionTo({ pair, authorities }: Mounted, now: number): string | undefined {
  if (now >= pair.until) return 'the certificate has expired';
  if (now < pair.from) return 'the certificate is not valid yet';
  const [leaf, ...others] = certificatesIn(pair.certificate) ?? [];
  if (leaf && authorities.length > 0 && !isAnchored(leaf, others, authorities)) return 'the certificate is not signed by ca.crt';
  return undefined;
}

/** Whether a chain leads from a certificate, through those that are served with it, to an authority. */
function isAnchored(
  leaf: X509Certificate,
  between: readonly X509Certificate[],
  authorities: readonly X509Certificate[],
): boolean {
  const isOf = (issuer: X509Certificate): boolean => leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey);
  if (authorities.some(isOf)) return true;
  const next = between.find(isOf);
  return (
    next !== undefined &&
    isAnchored(
      next,
      between.filter((each) => each !== next),
      authorities,
    )
  );
}
