import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type LogLevel, logLevels } from '../../../webhook/log.ts';
import { REHEARSALS } from '../../../webhook/warm-up.ts';
import { kebab, variableOf } from '../config/fact-flags.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import type { ServeFlags } from './serve-flags.ts';

const levels = ['karpenter', 'workloads', 'none'] as const;

export interface SelfManaged {
  readonly secret: string;
  readonly service: string;
  readonly namespace: string;
}

/** What the flags and the environment say, looked through. */
export interface ServeSettings {
  readonly config: string | undefined;
  readonly cluster: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number;
  /** A folder of certificates, or what is needed to make them. */
  readonly certificates: { readonly folder: string } | SelfManaged;
  readonly webhookConfiguration: string;
  /** Whether the webhook configuration is to fail closed once a self test is answered. */
  readonly armFailClosed: boolean;
  readonly snapshot: (typeof levels)[number];
  readonly kubeconfig: string | undefined;
  /** Where spans go, and of how many reviews; undefined for none. */
  readonly tracing: { readonly url: string; readonly ratio: number } | undefined;
  readonly drainSeconds: number;
  readonly logLevel: LogLevel;
  readonly mostInFlight: number;
  readonly mostQueued: number;
  /** Rounds of rehearsal after the start. */
  readonly rehearsals: number;
}

type Said = (flag: keyof ServeFlags) => string | undefined;

export function serveSettings(flags: ServeFlags, shell: Shell): ServeSettings {
  const said: Said = (flag) => {
    const value = flags[flag] ?? variable(shell, flag);
    return value === undefined ? undefined : String(value);
  };
  const { cwd } = shell;
  const folder = (name: string | undefined): string | undefined => (name === undefined ? undefined : resolve(cwd, name));
  return {
    config: said('config'),
    cluster: said('cluster'),
    host: said('host') ?? '0.0.0.0',
    port: number(said, 'port', 9443, 0, 65_535),
    metricsPort: number(said, 'metricsPort', 8080, 0, 65_535),
    certificates: certificates(said, cwd),
    webhookConfiguration: objectName(said, 'webhookConfiguration') ?? 'poolproof',
    armFailClosed: isOn(said, 'armFailClosed'),
    snapshot: word(said, 'snapshot', levels, 'karpenter'),
    kubeconfig: folder(said('kubeconfig')),
    tracing: tracing(said),
    drainSeconds: number(said, 'drainSeconds', 15, 0, 600),
    logLevel: word(said, 'logLevel', logLevels, 'info'),
    mostInFlight: number(said, 'maxInFlight', 64, 1, 10_000),
    mostQueued: number(said, 'maxQueued', 512, 0, 100_000),
    rehearsals: number(said, 'rehearsals', REHEARSALS, 0, 100_000),
  };
}

/** To a pod beside a Service "poolproof" Kubernetes may say `POOLPROOF_PORT=tcp://…`: that is not meant for us. */
function variable({ environment }: Shell, flag: keyof ServeFlags): string | undefined {
  const value = environment[variableOf(kebab(flag))] || undefined;
  return value?.startsWith('tcp://') ? undefined : value;
}

function certificates(said: Said, cwd: string): ServeSettings['certificates'] {
  const folder = said('tlsDir');
  const isSelfManaged = isOn(said, 'selfManaged');
  if (folder !== undefined && isSelfManaged)
    throw new UsageError('--tls-dir and --self-managed: the certificate comes from one of them; leave the other out');
  if (folder !== undefined) return { folder: resolve(cwd, folder) };
  if (!isSelfManaged) throw new UsageError('--tls-dir FOLDER or --self-managed says where the certificate comes from');
  return {
    secret: needed(said, 'secret', 'names the Secret that keeps the authority'),
    service: needed(said, 'service', 'names the Service by which the API server calls'),
    namespace: said('namespace') ?? ownNamespace(),
  };
}

/** A flag without a value, which a variable gives one. */
function isOn(said: Said, flag: keyof ServeFlags): boolean {
  const value = said(flag) ?? 'false';
  if (value !== 'true' && value !== 'false') throw new UsageError(`${variableOf(kebab(flag))}: it takes true or false`);
  return value === 'true';
}

function needed(said: Said, flag: keyof ServeFlags, does: string): string {
  const value = objectName(said, flag);
  if (value === undefined) throw new UsageError(`--${kebab(flag)} NAME ${does}: --self-managed cannot do without`);
  return value;
}

function objectName(said: Said, flag: keyof ServeFlags): string | undefined {
  const value = said(flag);
  if (value !== undefined && !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(value))
    throw new UsageError(`--${kebab(flag)}: "${value}" is no name of an object`);
  return value;
}

const NAMESPACE_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace';

function ownNamespace(): string {
  if (existsSync(NAMESPACE_FILE)) return readFileSync(NAMESPACE_FILE, 'utf8').trim();
  throw new UsageError('--namespace NAMESPACE says where the Secret and the Service are: this is no pod that knows its own');
}

/** As other programs have it, an address without a path means `/v1/traces` there. */
function tracing(said: Said): ServeSettings['tracing'] {
  const given = said('tracingUrl');
  const ratio = said('tracingRatio') ?? '1';
  if (!/^(0(\.\d{1,9})?|1(\.0{1,9})?)$/.test(ratio))
    throw new UsageError(`--tracing-ratio: "${ratio}" is not a number from 0 to 1`);
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--tracing-url: "${given}" is no address like http://host:4318`);
  if (url.username !== '' || url.password !== '')
    throw new UsageError('--tracing-url: it takes no password; OTEL_EXPORTER_OTLP_HEADERS takes headers');
  if (url.pathname === '/') url.pathname = '/v1/traces';
  return { url: url.href, ratio: Number(ratio) };
}

function number(said: Said, flag: keyof ServeFlags, usual: number, least: number, most: number): number {
  const value = said(flag);
  if (value === undefined) return usual;
  const found = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(found >= least && found <= most))
    throw new UsageError(`--${kebab(flag)}: "${value}" is not a whole number from ${least} to ${most}`);
  return found;
}

function word<W extends string>(said: Said, flag: keyof ServeFlags, words: readonly W[], usual: W): W {
  const value = said(flag);
  const found = words.find((each) => each === value);
  if (value !== undefined && found === undefined)
    throw new UsageError(`--${kebab(flag)}: "${value}" is not one of ${words.join(', ')}`);
  return found ?? usual;
}
