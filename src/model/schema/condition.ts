import type { Minor } from '../../algebra/version.ts';
import type { Path } from '../../text/place.ts';
import type { Lifetime } from './structure.ts';

/** A version of a kind as the tables of conditions name it. */
export type KindName =
  | 'NodePool v1'
  | 'NodePool v1beta1'
  | 'NodeClaim v1'
  | 'NodeClaim v1beta1'
  | 'EC2NodeClass v1'
  | 'EC2NodeClass v1beta1'
  | 'NodeOverlay v1alpha1'
  | 'CapacityBuffer v1beta1';

/** Where a condition stands: a dotted path below the object's root, `[]` for every item of a list. */
export interface Placement extends Lifetime {
  readonly kind: KindName;
  readonly path: string;
}

/** One of the conditions that the API adds to its schema. Its id is this project's; upstream gives none. */
export interface Condition<T = never> {
  readonly id: string;
  readonly on: readonly Placement[];
  /** The fields of the value that the check looks at; absent: all of the value. */
  readonly reads?: readonly string[];
  /** It looks at which keys a map has and never at what they hold. */
  readonly keysOnly?: true;
  /** It compares with the object before the change, and is silent where there was no such value. */
  readonly transition?: true;
  /**
   * What is wrong with a value. The value exists, defaults are filled in, and whatever the check reads has the type of the schema.
   * `old` is the value before the change, for a transition.
   */
  check(value: T, old: T, minor: Minor): Iterable<Fault>;
}

export interface Fault {
  /** From the value to the guilty part, the smallest that can be named. */
  readonly path: Path;
  readonly message: string;
  /** Other guilty parts, from the value too. */
  readonly related?: readonly Path[];
  /** The server cannot evaluate the condition, which it holds against an object even where nothing changed. */
  readonly unevaluable?: true;
}

/** What a check says of nearly every value: the frequent checks hand it out before anything is made. */
export const noFaults: readonly Fault[] = [];

export type StringMap = Readonly<Record<string, string>>;

/** The same path in several versions of a kind. */
export function placed(kinds: readonly KindName[], path: string, lifetime: Lifetime = {}): readonly Placement[] {
  return kinds.map((kind) => ({ kind, path, ...lifetime }));
}
