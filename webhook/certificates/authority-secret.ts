import { X509Certificate } from 'node:crypto';
import { field } from '../admission-request.ts';
import type { Answer, ApiServer } from '../cluster/api-server.ts';
import { type Authority, createAuthority, isAuthority, lifeLeftOf } from './authority.ts';

/** The authority that signs now, and the certificates of those that signed what may still be served. */
export interface Authorities {
  readonly current: Authority;
  readonly former: readonly string[];
}

export interface SecretName {
  readonly namespace: string;
  readonly name: string;
}

/** Below this an authority is renewed: a third of a year is left, in which its successor becomes known. */
const LEAST_LIFE = 1 / 3;
const ATTEMPTS = 5;

/**
 * The authorities that the Secret keeps; made, or renewed, where that is due. Of several pods that find it due at once one writes,
 * and the others read what it wrote: each write names the version that it replaces.
 */
export async function openAuthorities(
  api: ApiServer,
  { namespace, name }: SecretName,
  now: number,
  life?: number,
): Promise<Authorities | { readonly fault: string }> {
  const collection = `/api/v1/namespaces/${namespace}/secrets`;
  const path = `${collection}/${name}`;
  const fault = (did: string, { status, body }: Answer) => ({
    fault: `the Secret ${namespace}/${name} could not be ${did}: ${String(field(body, 'message') ?? `status ${status}`)}`,
  });
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await api.request('GET', path);
    if (found.status !== 200 && found.status !== 404) return fault('read', found);
    const kept = found.status === 200 ? authoritiesIn(found.body, now) : undefined;
    if (kept && lifeLeftOf(kept.current.certificate, now) > LEAST_LIFE) return kept;

    const former = kept ? [kept.current.certificate, ...kept.former] : [];
    const renewed: Authorities = { current: await createAuthority(now, life), former };
    const isThere = found.status === 200;
    const written = await api.request(isThere ? 'PUT' : 'POST', isThere ? path : collection, {
      ...(isThere ? (found.body as object) : { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata: { namespace, name } }),
      data: dataOf(renewed),
    });
    if (written.status === 200 || written.status === 201) return renewed;
    if (written.status !== 409) return fault('written', written);
  }
  return { fault: `the Secret ${namespace}/${name} could not be written: others change it all the time` };
}

function authoritiesIn(secret: unknown, now: number): Authorities | undefined {
  const data = field(secret, 'data');
  const current = { certificate: decoded(data, 'ca.crt'), key: decoded(data, 'ca.key') };
  if (!isAuthority(current) || lifeLeftOf(current.certificate, now) <= 0) return undefined;
  return { current, former: certificatesIn(decoded(data, 'former.crt')).filter((each) => lifeLeftOf(each, now) > 0) };
}

function dataOf({ current, former }: Authorities): Readonly<Record<string, string>> {
  return { 'ca.crt': encoded(current.certificate), 'ca.key': encoded(current.key), 'former.crt': encoded(former.join('')) };
}

/** The readable certificates of a PEM text, each for itself. */
export function certificatesIn(pem: string): readonly string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return found.map((each) => `${each}\n`).filter(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}

function decoded(data: unknown, key: string): string {
  const value = field(data, key);
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
}

export function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
