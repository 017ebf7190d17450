/** Whom or what findings do not concern; what it names must all match. An empty list says as little as none. */
export interface Exemption {
  readonly rules?: readonly string[];
  readonly kinds?: readonly string[];
  /** Globs. */
  readonly names?: readonly string[];
  /** Globs; who is among the users or in one of the groups is meant. */
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly reason: string;
  /** The last day on which it holds, `2027-01-31`. */
  readonly until?: string;
}
