import type { Fix } from '../diagnostic/diagnostic.ts';
import type { Place, Source, Span } from '../text/place.ts';
import type { MapNode, Node } from './node.ts';

/** Why an input was read and yet not judged. */
export type NotCheckedReason =
  | 'template'
  | 'patch'
  | 'unknown-kind-of-karpenter'
  | 'unparseable'
  | 'unreadable'
  | 'too-large'
  | 'not-text'
  | 'forbidden';

export interface NotChecked {
  readonly file: string;
  readonly span?: Span;
  readonly reason: NotCheckedReason;
  readonly detail: string;
}

/** What makes a document unreadable or doubtful; the `input-*`, `config-*` and `api-duplicate-key` rules word it. */
export interface Problem {
  readonly kind: ProblemKind;
  readonly at: Place;
  readonly message: string;
  readonly related?: Place;
  readonly fixes?: readonly Fix[];
}

export type ProblemKind =
  | 'syntax'
  | 'tab'
  | 'merge-conflict'
  | 'encoding'
  | 'nul'
  | 'too-large'
  | 'too-deep'
  | 'alias-bomb'
  | 'duplicate-key'
  | 'unknown-alias'
  | 'not-an-object'
  | ConfigProblemKind;

/** Mistakes in a configuration, each worded by the rule of that name. */
export type ConfigProblemKind =
  | 'config-unknown-key'
  | 'config-wrong-type'
  | 'config-invalid-value'
  | 'config-missing-key'
  | 'config-unknown-rule'
  | 'config-unknown-parameter'
  | 'config-duplicate-key'
  | 'config-allow-expired';

/** `# poolproof: allow …` as written; whether it is valid, expired or used is judged later. */
export interface Directive {
  readonly at: Place;
  /** `object` where an annotation says it. */
  readonly scope: 'line' | 'file' | 'object';
  /** The line (from 1) it speaks of, for scope `line`. */
  readonly line: number;
  readonly rules: readonly { readonly id: string; readonly span?: Span }[];
  readonly reason: string | undefined;
  readonly until: string | undefined;
}

/** One document of a YAML stream (or one JSON text). */
export interface Document {
  readonly source: Source;
  /** Place in the stream, from 0. */
  readonly index: number;
  readonly span: Span;
  /** It holds nothing that this run looks for, and was not parsed. */
  readonly foreign: boolean;
  readonly root: Node | undefined;
  /** Kubernetes objects in it, the items of a List each for itself. */
  readonly objects: readonly KubernetesObject[];
  readonly problems: readonly Problem[];
  readonly notChecked: readonly NotChecked[];
  readonly directives: readonly Directive[];
}

/** A mapping with `apiVersion` and `kind`. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly node: MapNode;
  readonly document: Document;
}
