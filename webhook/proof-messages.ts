import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { EngineInput } from './engine.ts';
import type { Subject } from './subject.ts';

/** What the server tells the worker that proves: plain data. */
export type ProofOrder =
  | { readonly type: 'configure'; readonly input: EngineInput }
  /** The cluster as it is; each replaces the last. */
  | { readonly type: 'snapshot'; readonly objects: readonly unknown[]; readonly version: number }
  | ({ readonly type: 'ask'; readonly id: number } & ProofTask);

export interface ProofTask extends Subject {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** When the answer must be there, the same. */
  readonly until: number;
}

/** What the worker answers. */
export interface ProofReply {
  readonly id: number;
  readonly introduced: readonly Diagnostic[];
  readonly crashes: readonly { readonly rule: string; readonly message: string }[];
  /** The time was up before everything was asked. */
  readonly isLate: boolean;
}
