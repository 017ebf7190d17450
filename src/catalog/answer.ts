/** What the catalog answers: a value, or why it has none. It never guesses. */
export type Answer<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: Ignorance };

export type Ignorance =
  /** No table has the name. It may be a typing error or newer than the catalog. */
  | 'type-not-in-catalog'
  /** The name is real, but the facts that the question needs are in no table. */
  | 'type-incomplete'
  /** Karpenter never offers the type: it takes neither its processor architecture nor its operating system. */
  | 'type-unsupported'
  | 'region-not-in-catalog'
  /** The region's price list leaves the type out. */
  | 'type-without-price'
  | 'no-spot-prices';

export function known<T>(value: T): Answer<T> {
  return { known: true, value };
}

export function unknown<T>(reason: Ignorance): Answer<T> {
  return { known: false, reason };
}
