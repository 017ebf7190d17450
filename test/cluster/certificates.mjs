import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY = 86_400_000;

async function keys() {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/** An authority: its certificate as PEM, and what signs for it. */
export async function authority() {
  const pair = await keys();
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=lab authority',
    keys: pair,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 1000),
    notAfter: new Date(Date.now() + 365 * DAY),
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return { certificate: made.toString('pem'), subject: made.subject, signingKey: pair.privateKey };
}

/** A certificate for a host name or an address. `life` is from and to, in milliseconds from now. */
export async function certificate(ca, host, life = { from: -1000, to: 90 * DAY }) {
  const pair = await keys();
  const type = /^[\d.]+$/.test(host) ? 'ip' : 'dns';
  const made = await x509.X509CertificateGenerator.create({
    subject: `CN=${host}`,
    issuer: ca.subject,
    publicKey: pair.publicKey,
    signingKey: ca.signingKey,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() + life.from),
    notAfter: new Date(Date.now() + life.to),
    extensions: [new x509.SubjectAlternativeNameExtension([{ type, value: host }])],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
  return { certificate: made.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` };
}
