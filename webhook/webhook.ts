import type { Logger } from 'pino';
import type { Rule } from '../src/lint/rule.ts';
import type { CertificateEvents, CertificateSource } from './certificates/certificate-source.ts';
import type { Arming } from './cluster/arming.ts';
import type { Snapshot } from './cluster/snapshot.ts';
import type { EngineInput } from './engine.ts';
import { gate } from './gate.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { type Proofs, startProofs } from './proof.ts';
import { type Loaded, reloading } from './reloading.ts';
import { startService } from './service.ts';
import type { Standing } from './standing.ts';
import { hashOf, standingFrom } from './standing-from.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Tracing } from './tracing.ts';
import { REHEARSALS, rehearsals } from './warm-up.ts';

export interface WebhookOptions {
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly log: Logger;
  /** Reads the configuration and what it names; says what is wrong with it. */
  readonly loadConfig: () => Promise<
    { readonly value: EngineInput; readonly folders: readonly string[] } | { readonly fault: string }
  >;
  readonly openCertificates: (events: CertificateEvents) => Promise<CertificateSource | { readonly fault: string }>;
  readonly tracing?: Tracing | undefined;
  readonly openSnapshot: () => Snapshot | undefined;
  /** Called when both ports are open, where the webhook is to fail closed by itself. */
  readonly startArming?: (() => Arming) | undefined;
  /** The script of the worker that proves. */
  readonly proofWorker: URL;
  readonly host: string;
  readonly port: number;
  readonly metricsPort: number;
  readonly drainSeconds: number;
  readonly mostInFlight: number;
  readonly mostQueued: number;
  /** Milliseconds between looks at files, if other than a minute. */
  readonly poll?: number;
  /** Rounds of rehearsal after the start, if other than usual. */
  readonly rehearsals?: number;
}

export interface Webhook {
  readonly port: number;
  readonly metricsPort: number;
  /** Answers all that comes while it goes, then stops everything that was started. */
  stop(): Promise<void>;
}

/** Starts serving. A fault is a sentence about the configuration or the certificates, and then nothing was left running. */
export async function startWebhook(options: WebhookOptions): Promise<Webhook | { readonly fault: string }> {
  const metrics = createMetrics();
  const proofs = startProofs({ entry: options.proofWorker, onMishap: mishap(options.log, metrics) });
  const config = await reloading(configOptions(options, metrics, proofs));
  if ('fault' in config) return config;
  const certificates = await options.openCertificates(certificateEvents(options, metrics));
  if ('fault' in certificates) {
    config.stop();
    return certificates;
  }
  const snapshot = options.openSnapshot();
  const stopAll = async (): Promise<void> => {
    config.stop();
    certificates.stop();
    snapshot?.stop();
    await proofs.stop();
    await options.tracing?.stop();
  };
  const judging = gate(options.mostInFlight, options.mostQueued);
  metrics.observe({
    inFlight: () => judging.inFlight,
    queued: () => judging.queued,
    catalogAgeSeconds: () => (Date.now() - Date.parse(config.current().catalogAsOf)) / 1000,
    kinds: () => agesOf(snapshot),
    ruleSeconds: () => config.current().ruleSeconds,
    certificates: () => new Map([['leaf', certificates.current().until], ...authority(certificates)]),
  });
  const admission = {
    standing: config.current,
    around: surroundingsOf(snapshot),
    proofs,
    gate: judging,
    metrics,
    log: options.log,
    tracing: options.tracing,
  };
  try {
    const service = await startService({ ...options, admission, certificates, metrics });
    const arming = options.startArming?.();
    if (arming) metrics.observeArming(arming.isArmed);
    const rehearsing = rehearsals(
      () => config.current().rehearse,
      () => judging.inFlight > 0,
      options.rehearsals ?? REHEARSALS,
    );
    return {
      port: service.port,
      metricsPort: service.metricsPort,
      stop: async () => {
        rehearsing.stop();
        arming?.stop();
        await service.drain();
        await stopAll();
      },
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

function configOptions({ rules, version, log, loadConfig, poll }: WebhookOptions, metrics: Metrics, proofs: Proofs) {
  return {
    load: async (): Promise<Loaded<Standing>> => {
      const loaded = await loadConfig();
      if ('fault' in loaded) return loaded;
      const { value, folders } = loaded;
      return { identity: hashOf(value), folders, make: () => standingFrom(value, rules) };
    },
    onGood: ({ config, policy, input }: Standing): void => {
      proofs.configure(input);
      metrics.configInfo.reset();
      metrics.configInfo.set({ version, hash: config }, 1);
      metrics.configReloads.inc({ result: 'success' });
      log.info({ config, mode: policy.mode }, 'configuration taken up');
    },
    onBad: (fault: string): void => {
      metrics.configReloads.inc({ result: 'error' });
      log.error({ fault }, 'the configuration has a mistake; the last good one stays');
    },
    poll,
  };
}

function certificateEvents({ log }: WebhookOptions, metrics: Metrics): CertificateEvents {
  return {
    onGood: () => {
      metrics.certificateReloads.inc({ result: 'success' });
      log.info('certificate taken up');
    },
    onBad: (fault) => {
      metrics.certificateReloads.inc({ result: 'error' });
      log.error({ fault }, 'the certificate cannot be served; the last good one stays');
    },
  };
}

function mishap(log: Logger, metrics: Metrics): (message: string) => void {
  return (message) => {
    metrics.errors.inc({ stage: 'proof' });
    log.error({ message }, 'a proof went wrong');
  };
}

function authority(certificates: CertificateSource): readonly (readonly [string, number])[] {
  const until = certificates.authorityUntil();
  return until === undefined ? [] : [['ca', until]];
}

function agesOf(snapshot: Snapshot | undefined): ReadonlyMap<string, number> {
  const now = Date.now();
  return new Map(
    (snapshot?.kinds() ?? []).flatMap(({ kind, currentAt }) =>
      currentAt === undefined ? [] : [[kind, (now - currentAt) / 1000] as const],
    ),
  );
}
