import type { AdmissionPolicy } from './admission-policy.ts';
import type { EngineInput } from './engine.ts';
import type { Judgement } from './findings.ts';

/** A configuration with all that was made of it: swapped as a whole, so that no request sees half of two. */
export interface Standing {
  readonly input: EngineInput;
  readonly policy: AdmissionPolicy;
  /** Rules that need no proof. */
  readonly judge: Judgement;
  /** The same, where nobody asked: nothing of it is counted or kept. */
  readonly rehearse: Judgement;
  /** Whether any rule needs the proof. */
  readonly wantsProof: boolean;
  /** Seconds spent in each rule so far. */
  readonly ruleSeconds: ReadonlyMap<string, number>;
  /** Short hash of the configuration, for logs, metrics and audit annotations. */
  readonly config: string;
  /** Day as of which the catalog was made, `2026-11-24`. */
  readonly catalogAsOf: string;
}
