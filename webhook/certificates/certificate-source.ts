import type { KeyPair } from './key-pair.ts';

/** Where the certificate comes from that is served, and whether callers can trust it. */
export interface CertificateSource {
  readonly current: () => KeyPair;
  /** Why whoever reads the published bundle could not trust it; undefined if he can. */
  readonly objection: () => string | undefined;
  /** When the certificate of the authority ends, if it is known. */
  readonly authorityUntil: () => number | undefined;
  /** Called with each certificate that takes the place of another. */
  onChange(present: (pair: KeyPair) => void): void;
  stop(): void;
}

/** Told how things go, for metrics and the log. */
export interface CertificateEvents {
  readonly onGood: () => void;
  readonly onBad: (fault: string) => void;
}
