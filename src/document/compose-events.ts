import {
  type AliasEvent,
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  type MappingEvent,
  parseEvents,
  SCALAR_STYLE,
  type ScalarEvent,
  type SequenceEvent,
  YAMLException,
} from 'js-yaml/browser';
import {
  AliasBomb,
  type Anchors,
  anchors,
  areDistinct,
  type Composition,
  copy,
  entryProblems,
  MAX_DEPTH,
  merge,
  tooDeep,
} from './compose.ts';
import { type Entry, MapNode, type Node, ScalarNode, SeqNode, type Style } from './node.ts';
import { resolveKey, resolvePlain } from './scalar.ts';
import { trimmedEnd } from './trimmed-end.ts';
import { isUnusual } from './unusual.ts';

/**
 * The fast path: `js-yaml`'s flat event list into our tree, several times faster than `yaml` and to the same nodes.
 * Undefined means: unusual or broken, let `yaml` judge. A test holds both paths equal.
 */
export function composeEvents(text: string, base: number): Composition | undefined {
  if (isUnusual(text)) return undefined;
  let events: Event[];
  try {
    events = parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return error.reason.startsWith('nesting exceeded') ? tooDeep((error.mark?.position ?? 0) + base) : undefined;
  }
  return new EventComposer(text, base).compose(events);
}

interface Open {
  readonly kind: 'map' | 'seq';
  readonly start: number;
  readonly flow: boolean;
  readonly anchor: string | undefined;
  /** In a map keys and values in turn. */
  readonly children: Node[];
  /** Where the last token in it ended. */
  end: number;
}

const NONE = -1;

class EventComposer {
  readonly #text: string;
  readonly #base: number;
  readonly #anchors: Anchors = anchors();
  readonly #open: Open[] = [];
  #root: Node | undefined = undefined;
  #documents = 0;
  #unusual = false;

  constructor(text: string, base: number) {
    this.#text = text;
    this.#base = base;
  }

  compose(events: readonly Event[]): Composition | undefined {
    try {
      for (const event of events) {
        this.#take(event);
        if (this.#unusual || this.#documents > 1) return undefined;
      }
    } catch (error) {
      if (error instanceof AliasBomb) return undefined;
      throw error;
    }
    // A scalar at the root has no end that both parsers agree on, and no manifest is one.
    return this.#root instanceof ScalarNode ? undefined : { root: this.#root, problems: [] };
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.#documents++;
        break;
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        if (event.tagStart !== NONE || this.#startsOddly(event)) this.#unusual = true;
        this.#open.push({
          kind: event.type === EVENT_ID.MAPPING ? 'map' : 'seq',
          start: event.start,
          flow: event.style === COLLECTION_STYLE.FLOW,
          anchor: this.#anchorOf(event),
          children: [],
          end: event.start + 1,
        });
        break;
      case EVENT_ID.SCALAR:
        this.#scalar(event);
        break;
      case EVENT_ID.ALIAS:
        this.#alias(event);
        break;
      default:
        this.#close();
    }
  }

  /** `a: b: c`, `a: &x b: c`: an error for one parser, now and then a nested mapping for the other. */
  #startsOddly({ type, style, anchorEnd, start }: MappingEvent | SequenceEvent): boolean {
    // A flow mapping without its brace is the pair `[a: b]`.
    if (style === COLLECTION_STYLE.FLOW) return type === EVENT_ID.MAPPING && this.#text[start] !== '{';
    const open = this.#open.at(-1);
    const from = anchorEnd !== NONE ? anchorEnd : open?.kind === 'map' ? open.end : NONE;
    return from !== NONE && !this.#text.slice(from, start).includes('\n');
  }

  #anchorOf(event: { readonly anchorStart: number; readonly anchorEnd: number }): string | undefined {
    if (event.anchorStart === NONE) return undefined;
    if (!/\s/.test(this.#text[event.anchorEnd] ?? ' ')) this.#unusual = true;
    return this.#text.slice(event.anchorStart, event.anchorEnd);
  }

  #add(node: Node, end: number, anchor: string | undefined): void {
    if (anchor !== undefined) this.#anchors.nodes.set(anchor, node);
    const open = this.#open.at(-1);
    if (!open) {
      this.#root = node;
      return;
    }
    if (open.kind === 'map' && open.children.length % 2 === 0 && !isKey(node)) this.#unusual = true;
    open.children.push(node);
    open.end = Math.max(open.end, end);
  }

  #scalar(event: ScalarEvent): void {
    const open = this.#open.at(-1);
    if (event.tagStart !== NONE) this.#unusual = true;
    const anchor = this.#anchorOf(event);
    const inKey = open?.kind === 'map' && open.children.length % 2 === 0;
    if (event.valueStart === NONE) {
      if (inKey) this.#unusual = true;
      // Nothing is written: it is told where the text before it ends.
      const at = (open?.end ?? 0) + this.#base;
      this.#add(new ScalarNode(null, 'none', '', at, at), open?.end ?? 0, anchor);
      return;
    }
    const { valueStart, valueEnd, style } = event;
    const text = event.fast ? this.#text.slice(valueStart, valueEnd) : getScalarValue(this.#text, event);
    if (style === SCALAR_STYLE.PLAIN) {
      // Over several lines: what may follow is an error to one parser only.
      if (!event.fast) this.#unusual = true;
      const meant = resolvePlain(text);
      if (inKey && meant === null) this.#unusual = true;
      const value = inKey && typeof meant !== 'string' ? resolveKey(text) : meant;
      this.#add(new ScalarNode(value, 'plain', text, valueStart + this.#base, valueEnd + this.#base), valueEnd, anchor);
      return;
    }
    const block = style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK;
    if (block && inKey) this.#unusual = true;
    const start = block ? this.#blockHeader(valueStart) : valueStart - 1;
    const end = block ? trimmedEnd(this.#text, start, valueEnd) : valueEnd + 1;
    if (block && end <= valueStart) this.#unusual = true;
    this.#add(new ScalarNode(text, styles[style] ?? 'plain', text, start + this.#base, end + this.#base), end, anchor);
  }

  /** Where the `|` or `>` of a block scalar stands, whose content begins at `contentStart`. */
  #blockHeader(contentStart: number): number {
    const lineEnd = this.#text.lastIndexOf('\n', contentStart - 1);
    const from = this.#text[contentStart - 1] === '\n' ? lineEnd : contentStart;
    const lineStart = this.#text.lastIndexOf('\n', from - 1) + 1;
    const match = header.exec(this.#text.slice(lineStart, from));
    if (!match) {
      this.#unusual = true;
      return contentStart;
    }
    return lineStart + match.index + (match[1]?.length ?? 0);
  }

  #alias(event: AliasEvent): void {
    const name = this.#text.slice(event.anchorStart, event.anchorEnd);
    const target = this.#anchors.nodes.get(name);
    const open = this.#open.at(-1);
    // An alias as a key, to nothing, or to a collection that is still open: `yaml` says what is wrong.
    if (!target || !open || (open.kind === 'map' && open.children.length % 2 === 0)) {
      this.#unusual = true;
      return;
    }
    const span = { start: event.anchorStart - 1 + this.#base, end: event.anchorEnd + this.#base };
    this.#add(copy(target, span, this.#anchors), event.anchorEnd, undefined);
  }

  #close(): void {
    const open = this.#open.pop();
    if (!open) return;
    const end = open.flow ? this.#flowEnd(open.end) : open.end;
    const start = open.start + this.#base;
    if (open.kind === 'seq') {
      this.#add(new SeqNode(open.children, open.flow, start, end + this.#base), end, open.anchor);
      return;
    }
    const entries = pairs(open.children);
    const first = entries[0];
    // A mapping begins with its first key; before it may stand a `?` or the key's anchor, which the parsers count differently.
    const from = open.flow || !first ? start : first.key.start;
    const isPlain = areDistinct(entries);
    if (!isPlain && entryProblems(entries).length > 0) this.#unusual = true;
    else this.#add(new MapNode(isPlain ? entries : merge(entries), open.flow, from, end + this.#base), end, open.anchor);
  }

  /** Just after the bracket that closes a flow collection: past blanks, commas and comments. */
  #flowEnd(from: number): number {
    let at = from;
    for (; at < this.#text.length; at++) {
      const char = this.#text[at];
      if (char === ']' || char === '}') return at + 1;
      if (char === '#') at = this.#text.indexOf('\n', at);
      if (at === -1) break;
    }
    this.#unusual = true;
    return from;
  }
}

const header = /(^|[\s:-])[|>][-+0-9]*(?:[ \t]+#.*)?[ \t]*\r?$/;

const styles: Readonly<Record<number, Style>> = {
  [SCALAR_STYLE.SINGLE_QUOTED]: 'single',
  [SCALAR_STYLE.DOUBLE_QUOTED]: 'double',
  [SCALAR_STYLE.LITERAL_BLOCK]: 'literal',
  [SCALAR_STYLE.FOLDED_BLOCK]: 'folded',
};

function isKey(node: Node): boolean {
  return node instanceof ScalarNode && node.style !== 'none';
}

function pairs(children: readonly Node[]): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + 1 < children.length; at += 2)
    entries.push({ key: children[at] as ScalarNode, value: children[at + 1] as Node });
  return entries;
}
