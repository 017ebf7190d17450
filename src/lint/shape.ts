/**
 * What a setting may look like. One description serves the reader of `poolproof.yaml`, its messages, its JSON Schema and the
 * documentation.
 */
export type Shape = TextShape | WordShape | FlagShape | NumberShape | ListShape | MapShape | RecordShape | EitherShape | AnyShape;

/** Text; a plain number or boolean counts as it is written, so that `1.10` is not 1.1. */
export interface TextShape {
  readonly kind: 'text';
  /** What good text looks like, for messages: `a region such as eu-west-1`. */
  readonly means: string;
  /** Often written so that YAML reads a number: versions, account ids. */
  readonly looksNumeric?: boolean;
  readonly pattern?: RegExp;
  /** What is wrong with text that matches the pattern. */
  readonly fault?: (text: string) => string | undefined;
}

/** One of a closed list; `off` counts as it is written, although YAML reads a boolean. */
export interface WordShape {
  readonly kind: 'word';
  readonly of: readonly string[];
  /** What the words are, where they are ids; an unknown one is then a mistake of another kind. */
  readonly are?: 'rule';
}

export interface FlagShape {
  readonly kind: 'flag';
}

export interface NumberShape {
  readonly kind: 'number';
  readonly isWhole?: boolean;
  readonly least?: number;
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
}

/** Keys of the user's own. */
export interface MapShape {
  readonly kind: 'map';
  readonly value: Shape;
}

export interface RecordShape {
  readonly kind: 'record';
  /** What it is, for messages: `a cluster`. */
  readonly means: string;
  readonly keys: Readonly<Record<string, Key>>;
  /** Of these at least one must be there. */
  readonly oneOf?: readonly string[];
  /** What its keys are, where they are ids; an unknown one is then a mistake of another kind. */
  readonly keysAre?: 'rule' | 'parameter';
}

/** The first shape that has the form of the value decides. */
export interface EitherShape {
  readonly kind: 'either';
  readonly of: readonly Shape[];
}

export interface AnyShape {
  readonly kind: 'any';
}

export interface Key {
  readonly shape: Shape;
  /** One sentence for documentation and editors. */
  readonly says: string;
  readonly isRequired?: boolean;
}
