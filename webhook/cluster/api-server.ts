import { client } from './client.ts';
import { inCluster, SERVICE_ACCOUNT } from './in-cluster.ts';
import { kubeconfigFiles } from './kubeconfig-files.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A Kubernetes API server, spoken to as whoever the credentials say. */
export interface ApiServer {
  /**
   * Any answer is a value, whatever its status. Rejects with `Unreachable` where none came, and with the signal's reason if aborted.
   * `body` is the parsed JSON, the bare text where it is none, undefined where it is empty.
   */
  request(method: Method, path: string, body?: unknown, options?: RequestOptions): Promise<Answer>;
  /**
   * One event object per line. A refusal comes as the event `{type: 'ERROR', object: <Status>}`, as the API server itself says it
   * mid-stream. Ends where the server ends it, without a word on a half line; rejects with `Unreachable` where it cannot go on.
   */
  watch(path: string, signal: AbortSignal): AsyncIterable<unknown>;
  readonly url: string;
  /** The context of the kubeconfig; undefined in a pod. */
  readonly context: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What the API server, or an admission webhook through it, warns of. */
  readonly warnings: readonly string[];
}

export interface RequestOptions {
  /** Of the body; `application/json` if absent. */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

export interface Access {
  /** A kubeconfig file; absent: `KUBECONFIG`, then `~/.kube/config`, then the pod's own service account. */
  readonly kubeconfig?: string | undefined;
  readonly context?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the pod's credentials are mounted, if elsewhere than Kubernetes puts them. */
  readonly serviceAccount?: string | undefined;
}

/** Finds out which cluster is meant and with what credentials. Speaks to nobody yet. */
export async function openApiServer(access: Access): Promise<ApiServer | { readonly fault: string }> {
  const { context, environment, serviceAccount = SERVICE_ACCOUNT } = access;
  const files = kubeconfigFiles(access);
  if (files.length > 0) {
    // 70 MiB and half a second: whoever runs in a pod does without.
    const { fromKubeconfig } = await import('./kubeconfig.ts');
    const found = fromKubeconfig(files, context);
    return 'fault' in found ? found : client(found);
  }
  if (context !== undefined) return { fault: `there is no kubeconfig in which to look for the context "${context}"` };
  const pod = inCluster(environment, serviceAccount);
  return pod
    ? client(pod)
    : { fault: 'there is no cluster to speak to: no --kubeconfig, KUBECONFIG or ~/.kube/config, and this is no pod' };
}
