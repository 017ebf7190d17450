import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  type ParsedNode,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  type Document as YamlDocument,
} from 'yaml';
import type { Span } from '../text/place.ts';
import {
  AliasBomb,
  type Anchors,
  anchors,
  type Composition,
  copy,
  entryProblems,
  merge,
  type RawProblem,
  tooDeep,
} from './compose.ts';
import type { ProblemKind } from './document.ts';
import { type Entry, MapNode, type Node, ScalarNode, SeqNode, type Style } from './node.ts';
import { resolveKey, resolvePlain } from './scalar.ts';
import { trimmedEnd } from './trimmed-end.ts';

/** The thorough path: `yaml` decides what is an error, and says it. Slow, so only for what the fast path will not take. */
export function composeYaml(text: string, base: number): Composition {
  try {
    return compose(text, base);
  } catch (error) {
    if (error instanceof AliasBomb) return failed({ kind: 'alias-bomb', span: error.span, message: error.message });
    // `yaml` recurses; what overflows its stack is thousands of levels deep.
    if (error instanceof RangeError) return tooDeep(base);
    throw error;
  }
}

function compose(text: string, base: number): Composition {
  const document = parseDocument(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const error = document.errors.find(({ code }) => code !== 'TAG_RESOLVE_FAILED');
  if (error) return failed(problemOf(error.code, error.message, { start: error.pos[0] + base, end: error.pos[1] + base }));
  return new YamlComposer(text, base).compose(document as YamlDocument<ParsedNode>);
}

function failed(problem: RawProblem): Composition {
  return { root: undefined, problems: [problem] };
}

function problemOf(code: string, message: string, span: Span): RawProblem {
  const kind: ProblemKind = code === 'TAB_AS_INDENT' ? 'tab' : code === 'UNRESOLVED_ALIAS' ? 'unknown-alias' : 'syntax';
  return { kind, span, message };
}

class YamlComposer {
  readonly #text: string;
  readonly #base: number;
  readonly #anchors: Anchors = anchors();
  readonly #problems: RawProblem[] = [];
  /** kubectl hands a text that begins like this to a JSON parser. */
  readonly #isJson: boolean;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
    this.#isJson = /^\s*\{/.test(text);
  }

  compose(document: YamlDocument<ParsedNode>): Composition {
    const root = document.contents ? this.#node(document.contents, 0).node : undefined;
    return { root, problems: this.#problems };
  }

  /** The node, and where its text ends in the document. `after` is where the text before it ended. */
  #node(node: ParsedNode, after: number): { readonly node: Node; readonly end: number } {
    if (isAlias(node)) return this.#alias(node);
    const built = isMap(node) ? this.#map(node) : isSeq(node) ? this.#seq(node) : this.#scalar(node, after, false);
    if (node.anchor !== undefined) this.#anchors.nodes.set(node.anchor, built.node);
    return built;
  }

  #alias(node: Alias.Parsed): { readonly node: Node; readonly end: number } {
    const [start, end] = node.range;
    const span = { start: start + this.#base, end: end + this.#base };
    const target = this.#anchors.nodes.get(node.source);
    if (target) return { node: copy(target, span, this.#anchors), end };
    this.#problems.push({ kind: 'unknown-alias', span, message: `*${node.source} names no anchor before it` });
    return { node: new ScalarNode(null, 'none', '', span.start, span.end), end };
  }

  #map(node: YAMLMap.Parsed): { readonly node: Node; readonly end: number } {
    const flow = node.flow === true;
    const entries: Entry[] = [];
    let end = node.range[0] + 1;
    for (const pair of node.items as Pair<ParsedNode, ParsedNode | null>[]) {
      const key = this.#key(pair.key, end);
      end = Math.max(end, key.end);
      const value = pair.value ? this.#node(pair.value, end) : { node: this.#absent(end), end };
      end = Math.max(end, value.end);
      entries.push({ key: key.node, value: value.node });
    }
    this.#problems.push(...entryProblems(entries));
    const first = entries[0];
    const start = flow || !first || first.key.alias ? node.range[0] + this.#base : first.key.start;
    const stop = flow ? node.range[1] : end;
    return { node: new MapNode(merge(entries), flow, start, stop + this.#base), end: stop };
  }

  #key(key: ParsedNode | null, after: number): { readonly node: ScalarNode; readonly end: number } {
    const isNull =
      !key || (isScalar(key) && key.tag === undefined && key.type === 'PLAIN' && resolvePlain(key.source ?? '') === null);
    if (isNull)
      this.#problems.push({
        kind: 'syntax',
        span: this.#span(key?.range ?? [after, after]),
        message: 'a key must be text, not null',
      });
    if (key && isScalar(key)) {
      const built = this.#scalar(key, after, true);
      if (key.anchor !== undefined) this.#anchors.nodes.set(key.anchor, built.node);
      return built;
    }
    if (key && isAlias(key)) {
      const { node, end } = this.#alias(key);
      if (node instanceof ScalarNode) return { node, end };
    }
    const [start, end] = key?.range ?? [after, after];
    const span = this.#span([start, end]);
    if (key) this.#problems.push({ kind: 'syntax', span, message: 'a mapping key must be text, not a list or a mapping' });
    return { node: new ScalarNode(key ? this.#text.slice(start, end) : 'null', 'plain', '', span.start, span.end), end };
  }

  #span([start, end]: readonly number[]): Span {
    return { start: (start ?? 0) + this.#base, end: (end ?? 0) + this.#base };
  }

  #seq(node: YAMLSeq.Parsed): { readonly node: Node; readonly end: number } {
    const flow = node.flow === true;
    let end = node.range[0] + 1;
    const items = (node.items as ParsedNode[]).map((item) => {
      const built = this.#node(item, end);
      end = Math.max(end, built.end);
      return built.node;
    });
    const stop = flow ? node.range[1] : end;
    return { node: new SeqNode(items, flow, node.range[0] + this.#base, stop + this.#base), end: stop };
  }

  #absent(after: number): ScalarNode {
    return new ScalarNode(null, 'none', '', after + this.#base, after + this.#base);
  }

  #scalar(node: Scalar.Parsed, after: number, isKey: boolean): { readonly node: ScalarNode; readonly end: number } {
    const [start, valueEnd] = node.range;
    // `value` is what `yaml` makes of a tag it knows; the text is what we resolve.
    const text = node.source ?? '';
    const style = styles[node.type ?? 'PLAIN'] ?? 'plain';
    if (style === 'plain' && start === valueEnd && node.tag === undefined) return { node: this.#absent(after), end: after };
    const block = style === 'literal' || style === 'folded';
    const end = block ? trimmedEnd(this.#text, start, valueEnd) : valueEnd;
    const value = style === 'plain' || node.tag ? resolveTagged(text, style, node.tag, isKey) : text;
    const fault = kubectlsFault(text, node.tag, style, this.#isJson ? '' : this.#text.slice(start, valueEnd));
    if (fault !== undefined) this.#problems.push({ kind: 'syntax', span: this.#span(node.range), message: fault });
    return { node: new ScalarNode(value, style, text, start + this.#base, end + this.#base), end };
  }
}

const styles: Readonly<Record<string, Style>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

/** `!!str 1` is text and `!!int "1"` is a number; under any other tag a scalar is text to kubectl. */
function resolveTagged(text: string, style: Style, tag: string | undefined, isKey: boolean): string | number | boolean | null {
  if (tag === 'tag:yaml.org,2002:binary') return decodedBase64(text) ?? text;
  const isResolved = tag === undefined ? style === 'plain' : /^tag:yaml\.org,2002:(?:int|float|bool|null)$/.test(tag);
  if (!isResolved) return text;
  return isKey ? resolveKey(text) : resolvePlain(text);
}

function decodedBase64(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/\s]*=*\s*$/.test(text)) return undefined;
  return new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
}

/** What go-yaml v2 refuses although YAML 1.2 allows it: a tag that does not fit its value, and in YAML the escape of a slash. */
function kubectlsFault(text: string, tag: string | undefined, style: Style, written: string): string | undefined {
  const core = /^tag:yaml\.org,2002:(int|float|bool|null)$/.exec(tag ?? '')?.[1];
  if (core !== undefined && !fits(text, core)) return `${JSON.stringify(text)} is tagged !!${core}, which it is not`;
  const isEscaped = style === 'double' && /(?:^|[^\\])(?:\\\\)*\\\//.test(written);
  return isEscaped ? 'YAML as kubectl reads it has no escape \\/' : undefined;
}

function fits(text: string, core: string): boolean {
  const value = resolvePlain(text);
  if (core === 'int') return Number.isInteger(value) && (/^[-+]?0[xX]/.test(text) || !/[.eE]/.test(text));
  if (core === 'float') return typeof value === 'number';
  return core === 'bool' ? typeof value === 'boolean' : value === null;
}
