import { dig, digList, digText } from '../../../webhook/cluster/dig.ts';

/** The Secret with the certificate of a webhook. */
export interface CertificateSecret {
  readonly name: string;
  /** Keys under which the certificate may stand, the likelier first. */
  readonly keys: readonly string[];
  /** It holds the authority with which the pods sign what they show. */
  readonly isAuthority: boolean;
}

/** Told from the Deployment: the Secret that it mounts, or the one that it names to its pods. */
export function secretBehind(deployment: unknown): CertificateSecret | undefined {
  const spec = dig(deployment, 'spec', 'template', 'spec');
  const given = digList(spec, 'containers').flatMap((container) => digList(container, 'args').map(String));
  if (given.some((argument) => argument === '--self-managed' || argument === '--self-managed=true')) {
    const name = given.find((argument) => argument.startsWith('--secret='))?.slice('--secret='.length);
    return name === undefined ? undefined : { name, keys: ['ca.crt', 'tls.crt'], isAuthority: true };
  }
  const mounts = digList(spec, 'containers').flatMap((container) => digList(container, 'volumeMounts'));
  const folder = given.find((argument) => argument.startsWith('--tls-dir='))?.slice('--tls-dir='.length) ?? '/tls';
  const volume = digText(
    mounts.find((mount) => dig(mount, 'mountPath') === folder),
    'name',
  );
  const mounted = digList(spec, 'volumes').find((one) => volume !== undefined && dig(one, 'name') === volume);
  const name = digText(mounted, 'secret', 'secretName');
  return name === undefined ? undefined : { name, keys: ['tls.crt'], isAuthority: false };
}
