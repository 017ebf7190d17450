import { X509Certificate } from 'node:crypto';

/** The certificates of a PEM text, in its order; undefined where it holds none, or one that cannot be read. */
export function certificatesIn(pem: string): readonly X509Certificate[] | undefined {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.length > 0 ? blocks.map((block) => new X509Certificate(block)) : undefined;
  } catch {
    // OpenSSL has a hundred ways to refuse one; to whoever reads the Secret they are all the same.
    return undefined;
  }
}

/** Whether the first of a chain is vouched for by one of the roots, over the others of the chain. */
export function chainsTo(chain: readonly X509Certificate[], roots: readonly X509Certificate[]): boolean {
  let [current] = chain;
  for (let steps = 0; current && steps <= chain.length; steps++) {
    const one: X509Certificate = current;
    if (roots.some((root) => root.fingerprint256 === one.fingerprint256 || issued(root, one))) return true;
    current = chain.find((other) => other !== one && issued(other, one));
  }
  return false;
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/** What part of its life the shortest-lived of a chain has before it: above 1 before it begins, 0 or less after its end. */
export function lifeLeft(chain: readonly X509Certificate[], now: number): number {
  const parts = chain.map(({ validFrom, validTo }) => {
    const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
    return (to - now) / (to - from);
  });
  return Math.min(...parts);
}
