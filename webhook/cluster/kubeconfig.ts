import { existsSync, readFileSync } from 'node:fs';
import { Agent as PlainAgent } from 'node:http';
import { Agent, type RequestOptions } from 'node:https';
import { createSecureContext } from 'node:tls';
// Not through its front door: that brings copying, executing and attaching along.
import { KubeConfig } from '@kubernetes/client-node/dist/config.js';
import type { Cluster, User } from '@kubernetes/client-node/dist/config_types.js';
import type { Connection, Credentials } from './connection.ts';
import { Unreachable } from './unreachable.ts';

/** The cluster of a context, as kubectl finds it. Of several files the first to name something wins; those that are not there are passed over. */
export function fromKubeconfig(files: readonly string[], context: string | undefined): Connection | { readonly fault: string } {
  const there = files.filter((file) => existsSync(file));
  if (there.length === 0) return { fault: `the kubeconfig ${files.join(', ')} does not exist` };
  const config = merged(there);
  if ('fault' in config) return config;
  const name = context ?? config.currentContext;
  if (!name) return { fault: `the kubeconfig ${there.join(', ')} has no current context; --context names one` };
  if (!config.getContextObject(name)) return { fault: `the kubeconfig has no context "${name}"${known(config)}` };
  config.setCurrentContext(name);
  const cluster = config.getCurrentCluster();
  if (!cluster) return { fault: `the context "${name}" of the kubeconfig names a cluster that is not in it` };
  const { protocol } = URL.canParse(cluster.server) ? new URL(cluster.server) : { protocol: undefined };
  if (protocol !== 'https:' && protocol !== 'http:')
    return {
      fault: `the cluster "${cluster.name}" of the kubeconfig: "${cluster.server}" is no address such as https://host:6443`,
    };
  return connection(config, cluster, name);
}

function merged(files: readonly string[]): KubeConfig | { readonly fault: string } {
  const configs: KubeConfig[] = [];
  for (const file of files) {
    const config = new KubeConfig();
    try {
      // As for kubectl, a file with nothing in it says nothing.
      if (isBlank(readFileSync(file, 'utf8'))) continue;
      config.loadFromFile(file);
    } catch (error) {
      return { fault: `the kubeconfig ${file} cannot be read: ${saying(error)}` };
    }
    configs.push(config);
  }
  const all = new KubeConfig();
  all.loadFromOptions({
    clusters: firstOfName(configs.flatMap(({ clusters }) => clusters)),
    contexts: firstOfName(configs.flatMap(({ contexts }) => contexts)),
    users: firstOfName(configs.flatMap(({ users }) => users)),
    currentContext: configs.map(({ currentContext }) => currentContext).find((name) => name),
  });
  return all;
}

function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#|---|$)/.test(line));
}

function firstOfName<T extends { readonly name: string }>(entries: readonly T[]): readonly T[] {
  return entries.filter((entry, at) => entries.findIndex(({ name }) => name === entry.name) === at);
}

function known({ contexts }: KubeConfig): string {
  return contexts.length > 0 ? `; it has ${contexts.map(({ name }) => name).join(', ')}` : '';
}

function connection(config: KubeConfig, cluster: Cluster, context: string): Connection {
  const isPlain = cluster.server.startsWith('http:');
  const user = config.getCurrentUser() ?? { name: context };
  const login = new KubeConfig();
  // A server without TLS (`kubectl proxy`) has nothing to verify; the client refuses it unless that is said.
  login.loadFromClusterAndUser(isPlain ? { ...cluster, skipTLSVerify: true } : cluster, withExecInfo(user, cluster));
  const agentFor = keptAgent(isPlain);
  let asking: Promise<RequestOptions> | undefined;
  return {
    url: cluster.server,
    context,
    credentials: async (): Promise<Credentials> => {
      // Several requests at once must not start the login plugin several times.
      asking ??= logIn(login, context).finally(() => {
        asking = undefined;
      });
      const options = await asking;
      const basic = options.auth ? { authorization: `Basic ${Buffer.from(options.auth).toString('base64')}` } : {};
      const agent = cluster.proxyUrl ? (options.agent as PlainAgent) : agentFor(options);
      return { headers: { ...(options.headers as Record<string, string> | undefined), ...basic }, agent };
    },
  };
}

async function logIn(login: KubeConfig, context: string): Promise<RequestOptions> {
  const options: RequestOptions = {};
  try {
    await login.applyToHTTPSOptions(options);
  } catch (error) {
    throw new Unreachable(`no credentials for the context "${context}": ${saying(error)}`);
  }
  const { ca, cert, key } = options;
  try {
    createSecureContext({ ca, cert, key });
  } catch (error) {
    throw new Unreachable(`the certificate or the key of the context "${context}" is no PEM that TLS can use: ${saying(error)}`);
  }
  return options;
}

/** The client makes a new agent every time; one with open connections lives as long as what it was made of. */
function keptAgent(isPlain: boolean): (options: RequestOptions) => PlainAgent {
  let made: { readonly from: string; readonly agent: PlainAgent } | undefined;
  return ({ ca, cert, key, rejectUnauthorized, servername }) => {
    const tls = { ca, cert, key, rejectUnauthorized, servername };
    const from = JSON.stringify(Object.values(tls).map(String));
    if (made?.from === from) return made.agent;
    made?.agent.destroy();
    const present = Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined));
    made = { from, agent: isPlain ? new PlainAgent({ keepAlive: true }) : new Agent({ ...present, keepAlive: true }) };
    return made.agent;
  };
}

/** Login plugins read what is wanted of them from the environment (client-go sets it, this client does not). */
function withExecInfo(user: User, { server, caData, tlsServerName, skipTLSVerify }: Cluster): User {
  const { exec } = user;
  if (!exec) return user;
  const cluster = {
    server,
    'certificate-authority-data': caData,
    'tls-server-name': tlsServerName,
    'insecure-skip-tls-verify': skipTLSVerify,
  };
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo && { cluster }) },
  };
  const entry = { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) };
  return { ...user, exec: { ...exec, env: [...(exec.env ?? []), entry] } };
}

/** The first line: parsers go on with a part of the file, which may be a secret. */
function saying(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n')[0] ?? '';
}
