import type { Logger } from 'pino';
import { rules } from '../../../rules/index.ts';
import type { CertificateEvents, CertificateSource } from '../../../webhook/certificates/certificate-source.ts';
import { mountedCertificates } from '../../../webhook/certificates/mounted.ts';
import { type ApiServer, openApiServer } from '../../../webhook/cluster/api-server.ts';
import { startArming } from '../../../webhook/cluster/arming.ts';
import { type Snapshot, startSnapshot } from '../../../webhook/cluster/snapshot.ts';
import { createLog, toggleDebug } from '../../../webhook/log.ts';
import type { Tracing } from '../../../webhook/tracing.ts';
import { startWebhook, type Webhook } from '../../../webhook/webhook.ts';
import type { ExitCode, Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { version } from '../version.ts';
import { loadInput } from './load-input.ts';
import type { ServeFlags } from './serve-flags.ts';
import { type ServeSettings, serveSettings } from './serve-settings.ts';
import { stopSignal } from './stop-signal.ts';

/** `poolproof serve`: answers the API server until it is told to go. */
export async function serveCommand(flags: ServeFlags, shell: Shell): Promise<ExitCode> {
  const settings = serveSettings(flags, shell);
  const log = createLog(settings.logLevel, shell.stdout);
  const api = await apiServer(settings, shell);
  const webhook = await started(settings, api, log, shell);
  const toggle = (): void => toggleDebug(log, settings.logLevel);
  process.on('SIGUSR2', toggle);
  log.info({ version, port: webhook.port, metricsPort: webhook.metricsPort, snapshot: settings.snapshot }, 'ready');
  await stopSignal(settings.drainSeconds, log);
  await webhook.stop();
  process.off('SIGUSR2', toggle);
  log.info('stopped');
  return 0;
}

async function started(settings: ServeSettings, api: ApiServer | undefined, log: Logger, shell: Shell): Promise<Webhook> {
  try {
    const tracing = await tracingTo(settings, log);
    const webhook = await startWebhook({
      ...settings,
      rules,
      version,
      log,
      loadConfig: () => loadInput(settings, shell),
      openCertificates: (events) => openCertificates(settings, api, events),
      openSnapshot: () => openSnapshot(settings, api, log),
      tracing,
      startArming: settings.armFailClosed && api ? () => startArming({ ...settings, api, log }) : undefined,
      proofWorker: new URL('./proof-worker.js', import.meta.url),
    });
    if ('fault' in webhook) throw new UsageError(webhook.fault);
    return webhook;
  } catch (error) {
    throw listening(error, settings);
  }
}

async function tracingTo({ tracing }: ServeSettings, log: Logger): Promise<Tracing | undefined> {
  if (!tracing) return undefined;
  // Whoever sends no spans does not load what sends them.
  const { otlpTracing } = await import('../../../webhook/otlp-tracing.ts');
  return otlpTracing({ ...tracing, version, log });
}

/** What the system says of an address that cannot be had, in our flags. */
function listening(error: unknown, { host, port, metricsPort }: ServeSettings): unknown {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo' && error.syscall !== 'bind') return error;
  return new UsageError(
    `--host ${host}, --port ${port}, --metrics-port ${metricsPort}: cannot listen there (${String(error.code)})`,
  );
}

async function apiServer(settings: ServeSettings, shell: Shell): Promise<ApiServer | undefined> {
  const { snapshot, certificates, kubeconfig, armFailClosed } = settings;
  const isOnlyForSnapshot = 'folder' in certificates && !armFailClosed;
  if (snapshot === 'none' && isOnlyForSnapshot) return undefined;
  const api = await openApiServer({ kubeconfig, environment: shell.environment });
  const otherwise = isOnlyForSnapshot ? ', --snapshot none does without' : '';
  if ('fault' in api) throw new UsageError(`${api.fault}; --kubeconfig FILE names it${otherwise}`);
  return api;
}

async function openCertificates(
  { certificates, webhookConfiguration }: ServeSettings,
  api: ApiServer | undefined,
  events: CertificateEvents,
): Promise<CertificateSource | { readonly fault: string }> {
  if ('folder' in certificates) {
    const opened = await mountedCertificates(certificates.folder, events);
    return 'fault' in opened ? { fault: `--tls-dir: ${opened.fault}` } : opened;
  }
  if (!api) throw new Error('certificates of our own need an API server');
  const { selfManagedCertificates } = await import('../../../webhook/certificates/self-managed.ts');
  const opened = await selfManagedCertificates({ ...certificates, webhookConfiguration, api, events });
  return 'fault' in opened ? { fault: `--self-managed: ${opened.fault}` } : opened;
}

function openSnapshot({ snapshot }: ServeSettings, api: ApiServer | undefined, log: Logger): Snapshot | undefined {
  if (!api || snapshot === 'none') return undefined;
  return startSnapshot(api, snapshot, { onMishap: (mishap) => log.warn(mishap, 'the snapshot met with a mishap') });
}
