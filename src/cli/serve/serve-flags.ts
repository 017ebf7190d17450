/** Flags of `serve`, as commander hands them over. Each is also an environment variable, `POOLPROOF_<FLAG>`. */
export interface ServeFlags {
  readonly config?: string;
  readonly cluster?: string;
  readonly host?: string;
  readonly port?: string;
  readonly metricsPort?: string;
  readonly tlsDir?: string;
  readonly selfManaged?: boolean;
  readonly secret?: string;
  readonly service?: string;
  readonly namespace?: string;
  readonly webhookConfiguration?: string;
  readonly armFailClosed?: boolean;
  readonly snapshot?: string;
  readonly kubeconfig?: string;
  readonly tracingUrl?: string;
  readonly tracingRatio?: string;
  readonly drainSeconds?: string;
  readonly logLevel?: string;
  readonly maxInFlight?: string;
  readonly maxQueued?: string;
  readonly rehearsals?: string;
}
