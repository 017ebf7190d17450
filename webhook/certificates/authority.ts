import 'reflect-metadata';
import { createPrivateKey, createPublicKey, KeyObject, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** A certificate authority of our own: PEM, as it is kept in the Secret. */
export interface Authority {
  readonly certificate: string;
  readonly key: string;
}

const DAY = 86_400_000;
/** How long an authority and a leaf last, in milliseconds. */
export const AUTHORITY_LIFE: number = 365 * DAY;
export const LEAF_LIFE: number = 7 * DAY;
/** Clocks differ: what was made just now is valid a little earlier. */
const SKEW = 5 * 60_000;

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0]);

/** Valid from `now` on, in milliseconds since the epoch. */
export async function createAuthority(now: number, life: number = AUTHORITY_LIFE): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    // Two authorities of one name could not be told apart in a bundle.
    name: `CN=poolproof-authority-${randomBytes(4).toString('hex')}`,
    notBefore: new Date(now - SKEW),
    notAfter: new Date(now + life),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: pem(certificate), key: pemOfKey(keys.privateKey) };
}

/** A certificate for a server of these names, DNS or IP. It does not outlive its authority. */
export async function issueLeaf(
  authority: Authority,
  names: readonly string[],
  now: number,
  life: number = LEAF_LIFE,
): Promise<Authority> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: 'CN=poolproof',
    issuer: issuer.subject,
    notBefore: new Date(now - SKEW),
    notAfter: new Date(Math.min(now + life, issuer.notAfter.getTime())),
    signingAlgorithm: algorithm,
    signingKey: await signingKey(authority.key),
    publicKey: keys.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return { certificate: pem(certificate), key: pemOfKey(keys.privateKey) };
}

/** What is left of a certificate's life, from 1 to 0 and below. */
export function lifeLeftOf(certificate: string, now: number): number {
  const { validFrom, validTo } = new X509Certificate(certificate);
  const until = Date.parse(validTo);
  return (until - now) / (until - Date.parse(validFrom));
}

/** Whether PEM text is an authority: a certificate that may sign, and the key to it. */
export function isAuthority({ certificate, key }: Authority): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    return parsed.ca && parsed.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/** Whether an authority of a bundle has signed a certificate and is valid itself. */
export function isSignedBy(certificate: string, bundle: readonly string[], now: number): boolean {
  const leaf = new X509Certificate(certificate);
  return bundle.some((each) => {
    const issuer = new X509Certificate(each);
    const isValid = Date.parse(issuer.validFrom) <= now && now < Date.parse(issuer.validTo);
    return isValid && leaf.checkIssued(issuer) && leaf.verify(createPublicKey(each));
  });
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

async function signingKey(key: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(key).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}

function pem(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

function pemOfKey(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

function serial(): string {
  // The first bit of a serial number is its sign.
  return `01${randomBytes(15).toString('hex')}`;
}
