import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { Deadline } from './deadline.ts';

/** Asks the proof. */
export interface Proofs {
  ask(question: ProofQuestion, deadline: Deadline): Promise<ProofAnswer>;
}

export interface ProofQuestion {
  readonly object: unknown;
  readonly oldObject: unknown;
  readonly now: number;
}

export interface ProofAnswer {
  readonly introduced: readonly Diagnostic[];
  /** Why not all was checked. */
  readonly unchecked: string | undefined;
}
