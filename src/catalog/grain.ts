import type { Amount } from '../algebra/quantity.ts';

/** Every amount is a sum of these and of whole numbers. */
export interface Grain {
  readonly amounts: readonly (readonly [resource: string, amount: Amount])[];
  /** Resources of which less than nothing may be left for pods; of the others no overhead is taken. */
  readonly reserved: readonly string[];
}
