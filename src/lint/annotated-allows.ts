import type { Directive, Document, KubernetesObject } from '../document/document.ts';
import { find, ScalarNode } from '../document/node.ts';
import type { Span } from '../text/place.ts';

/** The annotation holds one `rule -- reason` a line; unlike a comment it reaches the cluster, so that admission obeys it too. */
export const ALLOW_ANNOTATION = 'poolproof.dev/allow';

/** One line of the annotation. */
export interface AllowLine {
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  readonly until: string | undefined;
  readonly text: string;
}

export function allowLines(object: KubernetesObject | undefined): readonly AllowLine[] {
  const value = annotationOf(object);
  return value ? String(value.value).split('\n').flatMap(lineOf) : [];
}

/** What annotations in a text allow, as directives with their places: mistakes in them are reported like those in comments. */
export function annotatedDirectives(documents: readonly Document[]): readonly (readonly [KubernetesObject, Directive])[] {
  return documents
    .filter(({ source }) => source.text.includes(ALLOW_ANNOTATION))
    .flatMap(({ objects }) => objects)
    .flatMap((object) => directivesOf(object).map((directive) => [object, directive] as const));
}

function directivesOf(object: KubernetesObject): readonly Directive[] {
  const value = annotationOf(object);
  if (!value) return [];
  const { text } = object.document.source;
  const { at } = value;
  let from = at.span?.start ?? 0;
  const spanOf = (words: string, within: number): Span | undefined => {
    const start = text.indexOf(words, within);
    return at.span && !at.anchor && start >= 0 && start + words.length <= at.span.end
      ? { start, end: start + words.length }
      : undefined;
  };
  return allowLines(object).map(({ rules, reason, until, text: line }): Directive => {
    // Quotes may spell a line otherwise than its value; the whole annotation is then its place.
    const span = spanOf(line, from);
    const rulesWithSpans = rules.map((id) => {
      const own = span && spanOf(id, from);
      return own ? { id, span: own } : { id };
    });
    from = span?.end ?? from;
    return { at: span ? { ...at, span } : at, scope: 'object', line: 0, rules: rulesWithSpans, reason, until };
  });
}

function annotationOf(object: KubernetesObject | undefined): ScalarNode | undefined {
  const value = object && find(object.node, ['metadata', 'annotations', ALLOW_ANNOTATION]);
  return value instanceof ScalarNode && typeof value.value === 'string' ? value : undefined;
}

function lineOf(line: string): readonly AllowLine[] {
  const text = line.trim();
  if (text === '') return [];
  const [, claim = '', reason] = /^(.*?)(?:\s+(?:--|\u2014)\s*(.*))?$/.exec(text) ?? [];
  const until = /\buntil:\s*(\S+)/.exec(claim);
  const rules = claim
    .slice(0, until?.index)
    .split(/[\s,]+/)
    .filter((id) => id !== '');
  return [{ rules, reason: reason || undefined, until: until?.[1], text }];
}
