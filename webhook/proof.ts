import { Worker } from 'node:worker_threads';
import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { Deadline } from './deadline.ts';
import type { EngineInput } from './engine.ts';
import type { ProofOrder, ProofReply } from './proof-messages.ts';
import type { Subject } from './subject.ts';
import type { Surroundings } from './surroundings.ts';

/** Judges by the rules that need a proof, on a thread of their own and never beyond a deadline. */
export interface Proofs {
  /** The configuration by which to judge from now on. */
  configure(input: EngineInput): void;
  ask(subject: Subject, around: Surroundings, now: number, deadline: Deadline): Promise<ProofAnswer>;
  stop(): Promise<void>;
}

export interface ProofAnswer {
  readonly introduced: readonly Diagnostic[];
  /** Why not all was checked; undefined if all was. */
  readonly unchecked: string | undefined;
}

export interface ProofsOptions {
  /** The script of the worker. */
  readonly entry: URL;
  /** Told of whatever a worker does that it should not: a rule that throws, an end that nobody asked for. */
  readonly onMishap: (message: string) => void;
}

/** What waits longer than this has no hope. */
const MOST_WAITING = 16;
/** Milliseconds that an answer needs to get here from the worker, and to be put into words. */
const MARGIN = 50;

const late: ProofAnswer = { introduced: [], unchecked: 'the proof was not done in time' };

interface Waiting {
  readonly order: ProofOrder & { readonly type: 'ask' };
  readonly around: Surroundings;
  answer(answer: ProofAnswer): void;
}

/** The worker starts with the first question. */
export function startProofs(options: ProofsOptions): Proofs {
  return new ProofDesk(options);
}

class ProofDesk implements Proofs {
  readonly #options: ProofsOptions;
  #worker: Worker | undefined;
  #input: EngineInput | undefined;
  /** Of the snapshot that the worker has. */
  #version: number | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;

  constructor(options: ProofsOptions) {
    this.#options = options;
  }

  configure(input: EngineInput): void {
    this.#input = input;
    this.#worker?.postMessage({ type: 'configure', input } satisfies ProofOrder);
  }

  async ask(subject: Subject, around: Surroundings, now: number, deadline: Deadline): Promise<ProofAnswer> {
    if (this.#waiting.size >= MOST_WAITING) return { introduced: [], unchecked: 'too many proofs are waiting' };
    const id = ++this.#lastId;
    const left = Math.max(deadline.left() - MARGIN, 0);
    const { object, oldObject } = subject;
    const order = { type: 'ask' as const, id, object, oldObject, now, until: Date.now() + left - MARGIN };
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#settle(id, late);
        // One that has had all the time there was, and does not come back by itself.
        if (![...this.#waiting.keys()].some((other) => other < id)) this.#replace();
      }, left);
      const answer = (given: ProofAnswer): void => {
        clearTimeout(timer);
        resolve(given);
      };
      this.#waiting.set(id, { order, around, answer });
      this.#send(order, around);
    });
  }

  async stop(): Promise<void> {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, late);
    await this.#end();
  }

  #send(order: ProofOrder, { objects, version }: Surroundings): void {
    this.#worker ??= this.#start();
    if (this.#version !== version) this.#worker.postMessage({ type: 'snapshot', objects, version } satisfies ProofOrder);
    this.#version = version;
    this.#worker.postMessage(order);
  }

  #start(): Worker {
    const worker = new Worker(this.#options.entry);
    if (this.#input) worker.postMessage({ type: 'configure', input: this.#input } satisfies ProofOrder);
    worker.on('message', (reply: ProofReply) => this.#take(reply));
    worker.on('error', (error) => {
      this.#options.onMishap(`the worker that proves crashed: ${error.stack ?? error.message}`);
      this.#lose(worker);
    });
    worker.on('exit', () => {
      if (worker !== this.#worker) return;
      this.#options.onMishap('the worker that proves ended, which it should not');
      this.#lose(worker);
    });
    // A server that closes down does not wait for it.
    worker.unref();
    return worker;
  }

  #take({ id, introduced, crashes, isLate }: ProofReply): void {
    for (const { rule, message } of crashes) this.#options.onMishap(`the rule ${rule} crashed: ${message}`);
    const [crash] = crashes;
    const failed = crash && `the rule ${crash.rule} failed`;
    this.#settle(id, { introduced, unchecked: isLate ? late.unchecked : failed });
  }

  #settle(id: number, answer: ProofAnswer): void {
    this.#waiting.get(id)?.answer(answer);
    this.#waiting.delete(id);
  }

  /** Ends a worker that is stuck; whoever waited behind asks a new one. */
  #replace(): void {
    this.#options.onMishap('the worker that proves was stuck, and is replaced');
    void this.#end();
    for (const { order, around } of this.#waiting.values()) this.#send(order, around);
  }

  /** Whoever waited for it has no answer; the next one gets a new worker. */
  #lose(worker: Worker): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    this.#version = undefined;
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { introduced: [], unchecked: 'the proof failed' });
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#version = undefined;
    worker?.removeAllListeners('message');
    await worker?.terminate();
  }
}
