/** A file to read. */
export interface Input {
  /** Absolute; empty for standard input. */
  readonly path: string;
  /** As messages name it: relative to the working folder where it lies beneath, with slashes. */
  readonly file: string;
  /** Asked for by its own name, not met in a folder or by a glob. */
  readonly isNamed: boolean;
}

/** Something that should have been read and could not be. */
export interface Unreadable {
  readonly file: string;
  readonly fault: string;
}
