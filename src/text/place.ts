/** A text as it was read, under the name by which the user knows it. */
export interface Source {
  readonly file: string;
  readonly text: string;
  /** Where in the text the bytes were not UTF-8; a replacement character stands there. */
  readonly invalidAt?: number;
}

/** A stretch of a source's text: `start` inclusive, `end` exclusive, in UTF-16 units from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Keys and list indexes from the root of a Kubernetes object. */
export type Path = readonly (string | number)[];

/** Which Kubernetes object something belongs to; parts that the manifest leaves out are absent. */
export interface ObjectIdentity {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name?: string;
}

/**
 * Where something stands. Plain data, so that it can cross a worker boundary.
 * `span` is absent for an object that came from an API server and has no text.
 */
export interface Place {
  readonly file: string;
  readonly path: Path;
  readonly object?: ObjectIdentity;
  readonly span?: Span;
  /** Where the text of an aliased value stands; `span` is then the alias that brought it here. */
  readonly anchor?: Span;
}

/** A value and where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly at: Place;
  /** The place of the key that holds the value: what a finding about something missing beneath it points at. */
  readonly keyAt: Place;
}

/** RFC 6901: the form in which a path leaves the program. */
export function pointer(path: Path): string {
  let text = '';
  for (const part of path) text += `/${typeof part === 'string' && special.test(part) ? escaped(part) : part}`;
  return text;
}

const special = /[~/]/;

function escaped(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
