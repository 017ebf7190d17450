import type { Minor } from '../../algebra/version.ts';
import type { Field } from './structure.ts';

/** A version of a kind that some Karpenter minors serve, and how to get at its schema: the shape of the generated index. */
export interface KindEntry {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly since: Minor;
  readonly until: Minor;
  readonly field: () => Promise<{ readonly field: Field }>;
  /** Each validator is good from its minor on until the next one's; oldest first. */
  readonly validators: readonly (readonly [Minor, () => Promise<{ readonly validate: Validate }>])[];
}

/** ajv's standalone code: true, or false with `errors` set until the next call. */
export interface Validate {
  (data: unknown): boolean;
  errors?: readonly ValidateError[] | null;
}

export interface ValidateError {
  readonly instancePath: string;
  readonly keyword: string;
  /** Which of them there are depends on the keyword. */
  readonly params: {
    readonly type?: string | readonly string[];
    readonly missingProperty?: string;
    readonly allowedValues?: readonly string[];
    readonly pattern?: string;
    readonly format?: string;
    readonly limit?: number;
  };
}
