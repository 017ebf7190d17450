import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as plain } from 'node:http';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { rules } from '../../../rules/index.ts';
import type { AdmissionSettings, Config } from '../../../src/config/config.ts';
import type { Rule } from '../../../src/lint/rule.ts';
import { createAuthority, issueLeaf } from '../../../webhook/certificates/authority.ts';
import { mountedCertificates } from '../../../webhook/certificates/mounted.ts';
import type { Snapshot } from '../../../webhook/cluster/snapshot.ts';
import type { EngineInput } from '../../../webhook/engine.ts';
import { createLog } from '../../../webhook/log.ts';
import type { Tracing } from '../../../webhook/tracing.ts';
import { startWebhook, type Webhook, type WebhookOptions } from '../../../webhook/webhook.ts';
import { inputOf } from './asked.ts';

/** A webhook on loopback, with a certificate of its own and a client that keeps its connections as an API server does. */
export interface Served {
  readonly webhook: Webhook;
  /** Where tls.crt, tls.key and ca.crt are. */
  readonly folder: string;
  readonly log: readonly Readonly<Record<string, unknown>>[];
  post(body: string | Buffer, options?: PostOptions): Promise<Answer>;
  /** Of the plain port. */
  get(path: string): Promise<Answer>;
  configure(admission: AdmissionSettings, rest?: Config): void;
  /** What loading the configuration gives next. */
  answerConfig(with_: Awaited<ReturnType<WebhookOptions['loadConfig']>>): void;
  renew(): Promise<void>;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Fingerprint of the certificate that was shown. */
  readonly certificate: string;
}

export interface PostOptions {
  readonly route?: string;
  readonly timeout?: string;
  readonly type?: string | undefined;
  readonly agent?: Agent;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServedOptions {
  readonly admission?: AdmissionSettings;
  readonly rest?: Config;
  readonly rules?: readonly Rule[];
  readonly snapshot?: Snapshot;
  readonly tracing?: Tracing;
  readonly proofWorker?: URL;
  readonly drainSeconds?: number;
  readonly mostInFlight?: number;
  readonly mostQueued?: number;
}

export async function served(options: ServedOptions = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-webhook-'));
  const authority = await createAuthority(Date.now());
  const writePair = async (): Promise<void> => {
    const leaf = await issueLeaf(authority, ['localhost', '127.0.0.1'], Date.now());
    writeFileSync(join(folder, 'tls.key'), leaf.key);
    writeFileSync(join(folder, 'tls.crt'), leaf.certificate);
  };
  await writePair();
  writeFileSync(join(folder, 'ca.crt'), authority.certificate);
  const lines: Readonly<Record<string, unknown>>[] = [];
  const log = createLog('debug', collecting(lines));
  let config: Awaited<ReturnType<WebhookOptions['loadConfig']>> = loaded(inputOf(options.admission ?? {}, options.rest));
  const webhook = await startWebhook({
    rules: options.rules ?? rules,
    version: '0.0.0',
    log,
    loadConfig: async () => config,
    openCertificates: (events) => mountedCertificates(folder, events, 20),
    openSnapshot: () => options.snapshot,
    tracing: options.tracing,
    proofWorker: options.proofWorker ?? new URL('data:text/javascript,'),
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    drainSeconds: options.drainSeconds ?? 0,
    mostInFlight: options.mostInFlight ?? 64,
    mostQueued: options.mostQueued ?? 512,
    poll: 20,
    rehearsals: 0,
  });
  if ('fault' in webhook) throw new Error(webhook.fault);
  const agent = new Agent({ keepAlive: true, ca: authority.certificate, maxSockets: 25 });
  return {
    webhook,
    folder,
    log: lines,
    post: (body, post = {}) => sent(webhook.port, body, { agent, ca: authority.certificate, ...post }),
    get: (path) => got(webhook.metricsPort, path),
    configure: (admission, rest) => {
      config = loaded(inputOf(admission, rest));
    },
    answerConfig: (answer) => {
      config = answer;
    },
    renew: writePair,
    stop: async () => {
      await webhook.stop();
      agent.destroy();
      rmSync(folder, { recursive: true });
    },
  };
}

function loaded(value: EngineInput): { readonly value: EngineInput; readonly folders: readonly string[] } {
  return { value, folders: [] };
}

function collecting(lines: Readonly<Record<string, unknown>>[]): Writable {
  return new Writable({
    write: (chunk, _encoding, done) => {
      for (const line of String(chunk).split('\n')) if (line !== '') lines.push(JSON.parse(line));
      done();
    },
  });
}

function sent(port: number, body: string | Buffer, options: PostOptions & { readonly ca: string }): Promise<Answer> {
  const { route = 'nodepools', timeout = '10s', agent, ca, headers = {} } = options;
  const type = 'type' in options ? options.type : 'application/json';
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: `/validate/${route}?timeout=${timeout}`,
        ca,
        ...(agent && { agent }),
        headers: { ...headers, ...(type !== undefined && { 'content-type': type }), 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const certificate = (response.socket as TLSSocket).getPeerCertificate().fingerprint256;
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, certificate });
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

function got(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = plain({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
          certificate: '',
        }),
      );
    });
    call.on('error', reject);
    call.end();
  });
}

/** Waits until something holds, as long as a test may last. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
