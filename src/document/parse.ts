import type { Source, Span } from '../text/place.ts';
import type { Composition, RawProblem } from './compose.ts';
import { composeEvents } from './compose-events.ts';
import { directivesIn } from './directives.ts';
import type { Document, KubernetesObject, NotChecked, Problem } from './document.ts';
import { MapNode, type Node, ScalarNode } from './node.ts';
import { isKarpenters, karpenterKinds, objectsIn } from './objects.ts';
import { splitStream } from './split.ts';
import { isTemplateName, patchIn, placeholdersIn, type TemplateMark, templateIn } from './template.ts';

export type Compose = (text: string, base: number) => Composition;

export interface ParseOptions {
  /** Documents that do not match hold nothing for this run and are only counted. Absent: parse everything. */
  readonly wanted?: RegExp;
  /** The file is named as a patch by a kustomization. */
  readonly isPatch?: boolean;
}

/** Texts beyond this many UTF-16 units are refused: no manifest is that large, and an answer must come in bounded time. */
export const MAX_TEXT: number = 24 * 1024 * 1024;

/** All documents of a source. Loads the thorough parser only when a document needs it. */
export async function parse(source: Source, options: ParseOptions = {}): Promise<readonly Document[]> {
  return parseQuick(source, options) ?? parseWith(source, options, (await import('./compose-yaml.ts')).composeYaml);
}

/** The same without the thorough parser: undefined if one of the documents needs it. */
export function parseQuick(source: Source, options: ParseOptions = {}): readonly Document[] | undefined {
  try {
    return parseWith(source, options, needsYaml);
  } catch (error) {
    if (error === NEEDS_YAML) return undefined;
    throw error;
  }
}

const NEEDS_YAML = Symbol('the fast parser does not take this document');

const needsYaml: Compose = () => {
  throw NEEDS_YAML;
};

/** The same with the thorough parser in hand. */
export function parseWith(source: Source, options: ParseOptions, composeYaml: Compose): readonly Document[] {
  const { text } = source;
  if (text.length > MAX_TEXT) return [refused(source, 'too-large', 0, `${text.length} characters; at most ${MAX_TEXT} are read`)];
  if (source.invalidAt !== undefined) return [refused(source, 'encoding', source.invalidAt, notUtf8(source))];
  const nul = text.indexOf('\0');
  if (nul !== -1) return [refused(source, 'nul', nul, 'a NUL character: this is not a text file')];
  return splitStream(text).map((span, index) => parseDocument(source, span, index, options, composeYaml));
}

/** The byte order mark of UTF-16 read as UTF-8, and then a NUL in every second place. */
function notUtf8({ text }: Source): string {
  const isUtf16 = /^\ufffd{2}(?:\0|[^\0]\0)/.test(text);
  return isUtf16 ? 'the file is UTF-16, and Kubernetes reads UTF-8' : 'these bytes are not UTF-8';
}

function refused(source: Source, kind: Problem['kind'], start: number, message: string): Document {
  const at = { file: source.file, path: [], span: { start, end: Math.min(start + 1, source.text.length) } };
  return { ...empty(source, { start: 0, end: source.text.length }, 0), problems: [{ kind, at, message }] };
}

function empty(source: Source, span: Span, index: number): Document {
  return { source, index, span, foreign: false, root: undefined, objects: [], problems: [], notChecked: [], directives: [] };
}

function parseDocument(source: Source, span: Span, index: number, options: ParseOptions, composeYaml: Compose): Document {
  const text = source.text.slice(span.start, span.end);
  const document = empty(source, span, index);
  if (options.wanted && !options.wanted.test(text) && !hidden.test(text)) return { ...document, foreign: true };
  if (isTemplateName(source.file)) {
    const whole = { span: { start: span.start, end: span.start }, detail: 'the file name marks a template' };
    return { ...document, notChecked: [notChecked(source, templateIn(text, span.start) ?? whole)] };
  }
  const conflict = merging.exec(text);
  if (conflict)
    return unreadable(document, {
      kind: 'merge-conflict',
      span: spanOf(conflict, span.start),
      message: 'an unresolved merge conflict',
    });
  const { root, problems } = composeEvents(text, span.start) ?? composeYaml(text, span.start);
  const broken = problems.find(({ kind }) => kind !== 'duplicate-key');
  if (broken) {
    const template = templateIn(text, span.start);
    return template ? { ...document, notChecked: [notChecked(source, template)] } : unreadable(document, broken);
  }
  return root ? withRoot(document, root, problems, options) : document;
}

/** Escapes in double quotes can spell any word. */
const hidden = /\\[xuU]/;
const merging = /^(?:<{7}|>{7}|\|{7})(?:[ \t].*)?\r?$|^={7}\r?$/m;

function spanOf(match: RegExpExecArray, base: number): Span {
  return { start: base + match.index, end: base + match.index + match[0].trimEnd().length };
}

function notChecked(source: Source, { span, detail }: TemplateMark): NotChecked {
  return { file: source.file, span, reason: 'template', detail };
}

function unreadable(document: Document, problem: RawProblem): Document {
  const { file } = document.source;
  return {
    ...document,
    problems: [placed(file, problem)],
    notChecked: [{ file, span: problem.span, reason: 'unparseable', detail: problem.message }],
  };
}

function placed(file: string, { kind, span, message, related }: RawProblem): Problem {
  const at = { file, path: [], span: { start: span.start, end: span.end } };
  return { kind, at, message, ...(related && { related: { file, path: [], span: { start: related.start, end: related.end } } }) };
}

function withRoot(document: Document, root: Node, problems: readonly RawProblem[], options: ParseOptions): Document {
  const { file } = document.source;
  const located = objectsIn(file, root);
  const text = document.source.text.slice(document.span.start, document.span.end);
  const patch = options.isPatch ? 'a kustomization names this file as a patch' : patchIn(root, text);
  if (patch !== undefined)
    return { ...document, root, notChecked: [{ file, span: headSpan(root), reason: 'patch', detail: patch }] };
  const { whole, unknown } = placeholdersIn(root, text);
  if (whole) return { ...document, root, notChecked: [notChecked(document.source, whole)] };
  for (const scalar of unknown) scalar.unresolved = true;

  const objects: KubernetesObject[] = [];
  const parsed: Document = {
    ...document,
    root,
    objects,
    problems: [...problems.map((problem) => placed(file, problem)), ...headless(file, root, located.length)],
    notChecked: unknown
      .slice(0, 1)
      .map((scalar) => notChecked(document.source, { span: scalar, detail: unknownDetail(unknown) })),
    directives: directivesIn(file, document.source.text, document.span, root, lineCounter(document.source.text)),
  };
  for (const object of located) objects.push({ ...object, document: parsed });
  return parsed;
}

function unknownDetail(unknown: readonly ScalarNode[]): string {
  const first = JSON.stringify(unknown[0]?.value ?? '');
  return unknown.length === 1
    ? `the value ${first} is a placeholder; the rest was judged`
    : `${unknown.length} values are placeholders, the first ${first}; the rest was judged`;
}

/** A mapping that is meant for Karpenter but lacks the fields by which anybody could tell what it is. */
function headless(file: string, root: Node, objects: number): readonly Problem[] {
  if (objects > 0 || !(root instanceof MapNode) || root.get('items')) return [];
  const apiVersion = textOf(root.get('apiVersion'));
  const kind = textOf(root.get('kind'));
  const missing = apiVersion === undefined ? 'apiVersion' : 'kind';
  const ours = apiVersion === undefined ? karpenterKinds.has(kind ?? '') : isKarpenters(apiVersion, kind ?? '');
  return ours
    ? [{ kind: 'not-an-object', at: { ...root.keyAt, file }, message: `${missing} is missing: this is no Kubernetes object` }]
    : [];
}

function headSpan(root: Node): Span {
  const { span } = root.keyAt;
  return span ?? { start: root.start, end: root.end };
}

function textOf(node: Node | undefined): string | undefined {
  return node instanceof ScalarNode && typeof node.value === 'string' ? node.value : undefined;
}

function lineCounter(text: string): (offset: number) => number {
  return (offset) => {
    let line = 1;
    for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
    return line;
  };
}
