import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';

/** A certificate to serve, with its key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
}

/** Looks whether a key and a certificate can be served together. */
export function keyPair(certificate: string, key: string): KeyPair | { readonly fault: string } {
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(certificate);
  } catch {
    return { fault: 'the certificate is not PEM of an X.509 certificate' };
  }
  try {
    if (!leaf.checkPrivateKey(createPrivateKey(key))) return { fault: 'the key is not that of the certificate' };
    createSecureContext({ key, cert: certificate, minVersion: 'TLSv1.2' });
  } catch {
    return { fault: 'the key is not a PEM private key that TLS can use' };
  }
  return { certificate, key, from: Date.parse(leaf.validFrom), until: Date.parse(leaf.validTo) };
}

/** What is left of a certificate's life, from 1 to 0 and below. */
export function lifeLeft({ from, until }: KeyPair, now: number): number {
  return (until - now) / (until - from);
}
