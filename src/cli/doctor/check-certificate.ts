import type { X509Certificate } from 'node:crypto';
import { dig, digText } from '../../../webhook/cluster/dig.ts';
import { certificatesIn, chainsTo, lifeLeft } from './certificates.ts';
import { type Check, ok, unknown, wrong } from './check.ts';
import { serviceOf } from './check-serving.ts';
import type { Looker } from './looker.ts';
import { secretBehind } from './secret-behind.ts';

/** Less than this part of its life left is too little: whoever renews it should have done so at two thirds. */
const LEAST_LEFT = 0.2;

/** What is published as the authority, what is served, and whether the one vouches for the other. `now` in milliseconds. */
export async function checkCertificate(
  look: Looker,
  entries: readonly unknown[],
  deployment: unknown,
  now: number,
): Promise<readonly Check[]> {
  const published = entries.map((entry) => certificatesIn(fromBase64(digText(entry, 'clientConfig', 'caBundle'))));
  const bundles = entries.flatMap((entry, at) => bundleFault(entry, published[at]));
  return [
    ...(bundles.length > 0 ? bundles : [ok('webhook-ca-bundle', 'every entry that needs a caBundle has one')]),
    ...(await checkServed(look, entries, deployment, { published: published.flatMap((one) => one ?? []), now })),
  ];
}

function bundleFault(entry: unknown, found: readonly X509Certificate[] | undefined): readonly Check[] {
  const id = 'webhook-ca-bundle';
  const name = digText(entry, 'name') ?? '';
  const bundle = digText(entry, 'clientConfig', 'caBundle') ?? '';
  if (bundle !== '')
    return found ? [] : [wrong(id, `the caBundle of ${name} holds no certificate`, 'put the PEM of the authority there')];
  if (dig(entry, 'clientConfig', 'service') === undefined) return [];
  const cure = "see whether cert-manager, or the webhook's own pods, can fill it in: their logs say why not";
  return [wrong(id, `${name} has no caBundle: every call of it fails`, cure)];
}

interface Judging {
  readonly published: readonly X509Certificate[];
  readonly now: number;
}

async function checkServed(
  look: Looker,
  entries: readonly unknown[],
  deployment: unknown,
  judging: Judging,
): Promise<readonly Check[]> {
  const id = 'webhook-certificate';
  const service = serviceOf(entries);
  if (!service) return [];
  const secret = secretBehind(deployment);
  if (!secret) return [unknown(id, 'which Secret holds it cannot be told', 'let this account list deployments there')];
  const name = `${service.namespace}/${secret.name}`;
  const found = await look.at(`/api/v1/namespaces/${service.namespace}/secrets/${secret.name}`);
  if (found.is === 'hidden') return [unknown(id, `may not read the Secret ${name}`, 'let this account get that one Secret')];
  const value = found.is === 'there' ? found.value : undefined;
  const text = secret.keys.map((key) => digText(value, 'data', key)).find((one) => one);
  const chain = certificatesIn(fromBase64(text));
  if (!chain)
    return [wrong(id, `the Secret ${name} holds no certificate`, 'see who should fill it: cert-manager, you, or the pods')];
  const host = `${service.name}.${service.namespace}.svc`;
  const faults = secret.isAuthority ? authorityFaults(chain, judging) : leafFaults(chain, host, judging);
  const [fault] = faults;
  if (fault) return [wrong(id, `the Secret ${name}: ${fault.says}`, fault.cure)];
  const share = Math.round(100 * lifeLeft(chain, judging.now));
  return [ok(id, `the Secret ${name} is vouched for by the caBundle; ${share}% of its life is left`)];
}

interface Fault {
  readonly says: string;
  readonly cure: string;
}

function leafFaults(chain: readonly X509Certificate[], host: string, { published, now }: Judging): readonly Fault[] {
  const [leaf] = chain;
  return [
    ...ageFaults(chain, now),
    ...(leaf?.checkHost(host) === undefined
      ? [{ says: `the certificate is not for ${host}`, cure: `issue one that names ${host}` }]
      : []),
    ...(chainsTo(chain, published)
      ? []
      : [{ says: 'the caBundle does not vouch for it', cure: 'publish its authority, or issue it from the published one' }]),
  ];
}

/** Pods sign their own leaves with it, so it is the one to be published. */
function authorityFaults(chain: readonly X509Certificate[], { published, now }: Judging): readonly Fault[] {
  const isPublished = chain.some(({ fingerprint256 }) => published.some((one) => one.fingerprint256 === fingerprint256));
  const cure = 'the pods publish it themselves: see their logs';
  return [...ageFaults(chain, now), ...(isPublished ? [] : [{ says: 'the authority is not in the caBundle', cure }])];
}

function ageFaults(chain: readonly X509Certificate[], now: number): readonly Fault[] {
  const left = lifeLeft(chain, now);
  const cure = 'see why it is not renewed: cert-manager, whoever fills the Secret, or the pods';
  if (left <= 0) return [{ says: 'the certificate has expired', cure }];
  if (left > 1) return [{ says: 'the certificate is not valid yet', cure: 'look at the clocks, or issue it anew' }];
  return left < LEAST_LEFT ? [{ says: `only ${Math.round(100 * left)}% of the certificate's life is left`, cure }] : [];
}

function fromBase64(text: string | undefined): string {
  return Buffer.from(text ?? '', 'base64').toString('utf8');
}
