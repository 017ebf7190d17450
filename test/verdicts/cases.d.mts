export interface VerdictCase {
  readonly name: string;
  /** Of `cases/`. */
  readonly file: string;
  /** How the text reaches the server: turned into JSON as kubectl does it, or as it is. */
  readonly as: 'kubectl' | 'yaml' | 'json';
  /** The whole manifest. */
  readonly text: string;
  /** The manifest that it replaces. */
  readonly old?: string;
}

export function readCases(): readonly VerdictCase[];
