import type { Agent } from 'node:http';

/** Where an API server is and how to prove who asks. */
export interface Connection {
  /** Scheme, host, port and, behind some gateways, a path; without a slash at the end. */
  readonly url: string;
  readonly context: string | undefined;
  /** Asked before every request, since tokens and certificates rotate. Rejects with `Unreachable` where they cannot be had. */
  credentials(): Promise<Credentials>;
}

export interface Credentials {
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
}
