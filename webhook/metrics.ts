import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What Prometheus is told. No label holds the name of an object or a user. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Counter<'kind' | 'operation' | 'decision' | 'mode' | 'dry_run'>;
  readonly duration: Histogram;
  readonly findings: Counter<'rule' | 'severity'>;
  readonly shed: Counter<'reason'>;
  readonly bodyBytes: Histogram;
  readonly errors: Counter<'stage'>;
  readonly certificateReloads: Counter<'result'>;
  readonly configInfo: Gauge<'version' | 'hash'>;
  readonly configReloads: Counter<'result'>;
  /** Gauges that are asked when Prometheus asks. */
  observe(of: Readings): void;
  /** Whether the webhook configuration fails closed, where that is wanted. */
  observeArming(isArmed: () => boolean): void;
}

export interface Readings {
  inFlight(): number;
  queued(): number;
  catalogAgeSeconds(): number;
  /** Seconds since each kind of the snapshot was last known to be current. */
  kinds(): ReadonlyMap<string, number>;
  /** When the certificates end (`leaf`, `ca`), in milliseconds since the epoch. */
  certificates(): ReadonlyMap<string, number>;
  /** Seconds spent in each rule since the configuration was taken up. */
  ruleSeconds(): ReadonlyMap<string, number>;
}

const seconds = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const bytes = [1, 4, 16, 64, 256, 1024, 4096, 16384].map((kibibytes) => kibibytes * 1024);

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'poolproof_' });
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, ...labelNames: L[]): Counter<L> =>
    new Counter({ name: `poolproof_${name}`, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> =>
    new Gauge({ name: `poolproof_${name}`, help, labelNames, registers });
  const asked = (name: string, help: string, read: () => number): void => {
    const made: Gauge = new Gauge({ name: `poolproof_${name}`, help, registers, collect: () => made.set(read()) });
  };
  const each = (name: string, help: string, label: string, read: () => ReadonlyMap<string, number>): void => {
    const made: Gauge = new Gauge({
      name: `poolproof_${name}`,
      help,
      labelNames: [label],
      registers,
      collect: () => {
        for (const [of, value] of read()) made.set({ [label]: of }, value);
      },
    });
  };
  return {
    registry,
    requests: counter('admission_requests_total', 'Reviews answered.', 'kind', 'operation', 'decision', 'mode', 'dry_run'),
    duration: new Histogram({
      name: 'poolproof_admission_duration_seconds',
      help: 'From the first byte of a review to its answer.',
      buckets: seconds,
      registers,
    }),
    findings: counter('rule_findings_total', 'Findings that requests brought in.', 'rule', 'severity'),
    shed: counter('shed_total', 'Reviews answered without a look.', 'reason'),
    bodyBytes: new Histogram({ name: 'poolproof_body_bytes', help: 'Size of reviews.', buckets: bytes, registers }),
    errors: counter('errors_total', 'Errors that are no finding.', 'stage'),
    certificateReloads: counter('certificate_reload_total', 'Certificates taken up, or refused.', 'result'),
    configInfo: gauge('config_info', 'The configuration that counts.', 'version', 'hash'),
    configReloads: counter('config_reload_total', 'Configurations taken up, or refused.', 'result'),
    observeArming: (isArmed) => {
      asked('fails_closed', 'Whether failurePolicy is Fail, where the server is to see to it: 1 or 0.', () => Number(isArmed()));
    },
    observe: ({ inFlight, queued, catalogAgeSeconds, kinds, certificates, ruleSeconds }) => {
      asked('inflight', 'Reviews being judged.', inFlight);
      asked('queue_depth', 'Reviews waiting to be judged.', queued);
      asked('catalog_age_seconds', 'Age of the built-in catalog of instance types.', catalogAgeSeconds);
      each('informer_last_event_seconds', 'Since a kind was last known to be current.', 'kind', kinds);
      const spent: Counter<'rule'> = new Counter({
        name: 'poolproof_rule_duration_seconds',
        help: 'Time spent in a rule since the configuration was taken up, in seconds: one judgement in sixteen is timed.',
        labelNames: ['rule'],
        registers,
        collect: () => {
          spent.reset();
          for (const [rule, seconds] of ruleSeconds()) spent.inc({ rule }, seconds);
        },
      });
      const ends = (): ReadonlyMap<string, number> => new Map([...certificates()].map(([which, until]) => [which, until / 1000]));
      each('certificate_expiry_seconds', 'When a certificate ends, in seconds since 1970.', 'which', ends);
    },
  };
}
