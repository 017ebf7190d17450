import type { ApiServer } from '../cluster/api-server.ts';
import { Unreachable } from '../cluster/unreachable.ts';
import { isSignedBy, issueLeaf, lifeLeftOf } from './authority.ts';
import { type Authorities, openAuthorities } from './authority-secret.ts';
import type { CertificateEvents, CertificateSource } from './certificate-source.ts';
import { type KeyPair, keyPair, lifeLeft } from './key-pair.ts';
import { type Callee, publish } from './published-bundle.ts';

export interface SelfManagedOptions extends Callee {
  readonly api: ApiServer;
  readonly secret: string;
  readonly events: CertificateEvents;
  readonly clock?: () => number;
  readonly times?: Times;
}

/** In milliseconds. */
export interface Times {
  /** Between looks, give or take a sixth, so that pods do not look all at once. */
  readonly poll: number;
  /** The same while something is amiss. */
  readonly hurry: number;
  /** How long an authority must be published before anything that it signed is served: API servers hear of it one by one. */
  readonly grace: number;
  readonly authorityLife?: number;
  readonly leafLife?: number;
}

const usual: Times = { poll: 60_000, hurry: 2_000, grace: 60_000 };

/** Below this a leaf is renewed. */
const LEAST_LIFE = 1 / 3;

/**
 * Certificates without anybody's help: the authority is kept in a Secret, its certificate in the webhook configuration, and each
 * pod signs itself a leaf that never leaves its memory. A fault means that there is no authority to be had.
 */
export async function selfManagedCertificates(
  options: SelfManagedOptions,
): Promise<CertificateSource | { readonly fault: string }> {
  const keeper = new Keeper(options);
  const fault = await keeper.look();
  if (fault !== undefined && !keeper.pair) return { fault };
  keeper.go();
  return keeper;
}

class Keeper implements CertificateSource {
  readonly #options: SelfManagedOptions;
  readonly #times: Times;
  readonly #now: () => number;
  #authorities: Authorities | undefined;
  /** Since when each authority is published, by its certificate. */
  #published = new Map<string, number>();
  #hosts: readonly string[] = [];
  #present: (pair: KeyPair) => void = () => undefined;
  #lastFault: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  pair: KeyPair | undefined;
  #names: readonly string[] = [];

  constructor(options: SelfManagedOptions) {
    this.#options = options;
    this.#times = options.times ?? usual;
    this.#now = options.clock ?? Date.now;
  }

  readonly current = (): KeyPair => {
    if (!this.pair) throw new Error('asked for a certificate before there was one');
    return this.pair;
  };

  readonly objection = (): string | undefined => {
    const now = this.#now();
    if (!this.pair || now >= this.pair.until) return 'the certificate has expired';
    if (isSignedBy(this.pair.certificate, [...this.#published.keys()], now)) return undefined;
    return this.#lastFault ?? 'the webhook configuration does not trust the certificate yet';
  };

  readonly authorityUntil = (): number | undefined => {
    const authority = this.#authorities && keyPair(this.#authorities.current.certificate, this.#authorities.current.key);
    return authority && !('fault' in authority) ? authority.until : undefined;
  };

  onChange(present: (pair: KeyPair) => void): void {
    this.#present = present;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Looks again and again, by the wall clock: a pod may have been paused. */
  go(): void {
    if (this.#isStopped) return;
    const { poll, hurry } = this.#times;
    const wait = this.objection() === undefined ? poll * (5 / 6 + Math.random() / 3) : hurry;
    this.#timer = setTimeout(() => void this.look().then(() => this.go()), wait);
  }

  /** Brings Secret, bundle and leaf up to date, as far as that can be done. Says what could not. */
  async look(): Promise<string | undefined> {
    const faults: string[] = [];
    for (const part of [this.#lookAtAuthorities, this.#lookAtBundle, this.#lookAtLeaf]) {
      const fault = await withoutServer(part);
      if (fault !== undefined) faults.push(fault);
    }
    const [fault] = faults;
    if (fault !== undefined && fault !== this.#lastFault) this.#options.events.onBad(fault);
    this.#lastFault = fault;
    return fault;
  }

  readonly #lookAtAuthorities = async (): Promise<string | undefined> => {
    const { api, secret, namespace } = this.#options;
    const found = await openAuthorities(api, { namespace, name: secret }, this.#now(), this.#times.authorityLife);
    if ('fault' in found) return found.fault;
    this.#authorities = found;
    return undefined;
  };

  readonly #lookAtBundle = async (): Promise<string | undefined> => {
    if (!this.#authorities) return undefined;
    const { current, former } = this.#authorities;
    const bundle = [current.certificate, ...former];
    const published = await publish(this.#options.api, this.#options, bundle);
    if ('fault' in published) {
      return published.fault;
    }
    const now = this.#now();
    this.#published = new Map(bundle.map((each) => [each, this.#published.get(each) ?? now]));
    this.#hosts = published.hosts;
    return undefined;
  };

  readonly #lookAtLeaf = async (): Promise<string | undefined> => {
    if (!this.#authorities || !this.#isDue(this.#authorities)) return undefined;
    const now = this.#now();
    const names = this.#wantedNames();
    const { certificate, key } = await issueLeaf(this.#authorities.current, names, now, this.#times.leafLife);
    const pair = keyPair(certificate, key);
    if ('fault' in pair) throw new Error(pair.fault);
    const isFirst = !this.pair;
    this.pair = pair;
    this.#names = names;
    if (!isFirst) this.#present(pair);
    this.#options.events.onGood();
    return undefined;
  };

  #isDue({ current }: Authorities): boolean {
    if (!this.pair) return true;
    const now = this.#now();
    const since = this.#published.get(current.certificate);
    const isKnown = since !== undefined && now - since >= this.#times.grace;
    const isOfCurrent = isSignedBy(this.pair.certificate, [current.certificate], now);
    if (!isOfCurrent) return isKnown || lifeLeft(this.pair, now) <= 0;
    return lifeLeftOf(this.pair.certificate, now) < LEAST_LIFE || this.#wantedNames().some((name) => !this.#names.includes(name));
  }

  #wantedNames(): readonly string[] {
    const { service, namespace } = this.#options;
    return [...new Set([`${service}.${namespace}.svc`, `${service}.${namespace}.svc.cluster.local`, ...this.#hosts])];
  }
}

/** That the API server cannot be reached is a fault like others; it passes. */
async function withoutServer(part: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await part();
  } catch (error) {
    if (error instanceof Unreachable) return `the API server cannot be reached: ${error.message}`;
    throw error;
  }
}
