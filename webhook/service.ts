import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Admission } from './admission.ts';
import type { CertificateSource } from './certificates/certificate-source.ts';
import { lifeLeft } from './certificates/key-pair.ts';
import { drained } from './drain.ts';
import type { Metrics } from './metrics.ts';
import { reviewServer } from './server.ts';
import { sidePort } from './side-port.ts';

export interface ServiceOptions {
  readonly admission: Admission;
  readonly certificates: CertificateSource;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  readonly metricsPort: number;
  readonly drainSeconds: number;
}

/** A webhook that serves. */
export interface Service {
  readonly port: number;
  readonly metricsPort: number;
  /** Resolves when the last call is answered and both ports are closed. */
  drain(): Promise<void>;
}

/** Less of its life left, and a pod that cannot renew its certificate had better be made anew. */
const LEAST_LIFE = 0.05;

/** Opens both ports; closes again what was open if one cannot be. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { admission, certificates, metrics, log, host, drainSeconds } = options;
  let isDraining = false;
  const reviews = reviewServer(certificates.current(), admission);
  certificates.onChange(reviews.present);
  const side = sidePort(metrics.registry, {
    live: () => (lifeLeft(certificates.current(), Date.now()) < LEAST_LIFE ? ['the certificate is at its end'] : []),
    ready: () => [...(isDraining ? ['draining'] : []), ...[certificates.objection()].filter((each) => each !== undefined)],
  });
  try {
    await reviews.app.listen({ host, port: options.port });
    await side.listen({ host, port: options.metricsPort });
  } catch (error) {
    await Promise.all([reviews.close(), side.close()]);
    throw error;
  }
  return {
    port: portOf(reviews.app.server.address()),
    metricsPort: portOf(side.server.address()),
    drain: async () => {
      isDraining = true;
      log.info({ seconds: drainSeconds }, 'draining');
      await drained(reviews, drainSeconds * 1000);
      await side.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
