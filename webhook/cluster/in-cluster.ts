import { existsSync, readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import type { Connection, Credentials } from './connection.ts';
import { Unreachable } from './unreachable.ts';

/** Where Kubernetes mounts what a pod may show the API server. */
export const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The API server of the pod that this is, on plain Node; undefined if it is none. */
export function inCluster(environment: Readonly<Record<string, string | undefined>>, folder: string): Connection | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = environment;
  if (!host || !existsSync(join(folder, 'token'))) return undefined;
  let known: { readonly ca: string; readonly agent: Agent } | undefined;
  return {
    url: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    context: undefined,
    // The kubelet rotates the token about once an hour: it is read anew each time, as is the authority it comes with.
    credentials: async (): Promise<Credentials> => {
      const ca = read(join(folder, 'ca.crt'));
      if (known?.ca !== ca) {
        known?.agent.destroy();
        known = { ca, agent: new Agent({ ca, keepAlive: true }) };
      }
      return { headers: { authorization: `Bearer ${read(join(folder, 'token')).trim()}` }, agent: known.agent };
    },
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Unreachable(`cannot read the pod's credentials: ${error instanceof Error ? error.message : error}`);
  }
}
