import type { Range } from '../text/lines.ts';
import type { ObjectIdentity, Place } from '../text/place.ts';

export type Severity = 'error' | 'warning' | 'info';
export type Effect = 'rejected' | 'dropped' | 'inert' | 'risk' | 'advice';
export type Safety = 'safe' | 'drifts' | 'unsafe';

/** What a rule returns. The engine adds who said it, how loudly, and a fingerprint. */
export interface Finding {
  readonly at: Place;
  readonly message: string;
  /** Only where this case is not what the rule says of itself. */
  readonly effect?: Effect;
  readonly severity?: Severity;
  /** Which condition, in a rule that holds many: `NP-STATIC-LIMITS`. */
  readonly check?: string;
  readonly related?: readonly Related[];
  readonly evidence?: Evidence;
  readonly fixes?: readonly Fix[];
  readonly assumptions?: readonly string[];
}

export interface Related {
  readonly at: Place;
  readonly message: string;
}

/** Why the claim holds, as data: reporters print it, tests assert on it. */
export type Evidence =
  | { readonly kind: 'figures'; readonly of: Readonly<Record<string, number | string>> }
  | { readonly kind: 'sets'; readonly of: Readonly<Record<string, readonly string[]>> }
  | { readonly kind: 'refusals'; readonly pod: string; readonly refusals: readonly Refusal[] };

export interface Refusal {
  readonly pool: string;
  readonly because: 'taints' | 'requirements' | 'resources' | 'topology' | 'volumes' | 'limits' | 'minValues';
  readonly detail: string;
}

/** A change in the manifest's own terms; `document/splice` turns it into text edits. */
export interface Fix {
  readonly title: string;
  readonly safety: Safety;
  readonly ops: readonly Op[];
}

/**
 * `set` replaces the value at the place; `insert` adds an entry to the map (with `key`) or list that stands at the place;
 * `rename` gives the entry whose value stands at the place another key; `remove` takes the entry or list item away;
 * `text` replaces exactly the place's span by the given text.
 */
export type Op = { readonly at: Place } & (
  | { readonly op: 'set'; readonly value: Plain }
  | { readonly op: 'insert'; readonly key?: string; readonly value: Plain }
  | { readonly op: 'rename'; readonly key: string }
  | { readonly op: 'remove' }
  | { readonly op: 'text'; readonly text: string }
);

/** What a YAML or JSON document can hold. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** One textual change; the range is replaced by the text. */
export interface Edit {
  readonly file: string;
  readonly range: Range;
  readonly text: string;
}

export interface RenderedFix {
  readonly title: string;
  readonly safety: Safety;
  readonly edits: readonly Edit[];
}

/** A place as it leaves the program: `path` is a JSON Pointer into the object. */
export interface Location {
  readonly file: string;
  readonly range?: Range;
  readonly object?: ObjectIdentity;
  readonly path: string;
}

export interface RelatedLocation extends Location {
  readonly message: string;
}

export interface Suppression {
  readonly by: 'comment' | 'annotation' | 'config' | 'baseline';
  readonly reason: string;
  readonly until?: string;
}

/** A finding with everything a reader needs: the record of the public contract, plain data through and through. */
export interface Diagnostic extends Location {
  readonly rule: string;
  readonly code: string;
  readonly severity: Severity;
  readonly effect: Effect;
  readonly check?: string;
  readonly message: string;
  readonly why: string;
  readonly docs: string;
  readonly related: readonly RelatedLocation[];
  readonly evidence?: Evidence;
  readonly fixes: readonly RenderedFix[];
  readonly fingerprint: string;
  readonly assumptions: readonly string[];
  /** The clusters of the configuration in which it was found, where there are several. */
  readonly clusters?: readonly string[];
  readonly suppressed?: Suppression;
}
