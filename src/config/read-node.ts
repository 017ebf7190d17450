import { nearestWords } from '../algebra/nearest-word.ts';
import type { Plain } from '../diagnostic/diagnostic.ts';
import type { ConfigProblemKind, Problem } from '../document/document.ts';
import { type Entry, MapNode, type Node, ScalarNode, SeqNode, toPlain } from '../document/node.ts';
import type { EitherShape, RecordShape, Shape } from '../lint/shape.ts';
import type { Place } from '../text/place.ts';
import { scalarFault } from './scalar-fault.ts';
import { nounOf } from './shape-noun.ts';

/** What is being read: the whole shape, to say where a misplaced key belongs, and where mistakes are noted. */
export interface Reading {
  readonly root: RecordShape;
  readonly problems: Problem[];
}

/** The value of a node as its shape wants it; what does not fit is noted and left out. Null is absent. */
export function readNode(node: Node, shape: Shape, name: string, reading: Reading): Plain | undefined {
  if (node instanceof ScalarNode && node.value === null) return undefined;
  switch (shape.kind) {
    case 'either':
      return readNode(node, alternative(node, shape), name, reading);
    case 'record':
      return node instanceof MapNode ? readRecord(node, shape, name, reading) : wrongType(node, shape, name, reading);
    case 'map':
      return node instanceof MapNode ? readMap(node, shape.value, name, reading) : wrongType(node, shape, name, reading);
    case 'list':
      return node instanceof SeqNode ? readList(node, shape.item, name, reading) : wrongType(node, shape, name, reading);
    case 'any':
      return toPlain(node);
    default:
      return node instanceof ScalarNode ? readScalar(node, shape, name, reading) : wrongType(node, shape, name, reading);
  }
}

/** The alternative that has the node's form. */
function alternative(node: Node, { of }: EitherShape): Shape {
  const form = formOf(node);
  const chosen = of.find(({ kind }) =>
    isForm(kind) ? kind === form || (kind === 'record' && form === 'map') : form === 'scalar',
  );
  return chosen ?? of[0] ?? { kind: 'any' };
}

function isForm(kind: Shape['kind']): boolean {
  return kind === 'list' || kind === 'map' || kind === 'record';
}

function formOf(node: Node): 'list' | 'map' | 'scalar' {
  if (node instanceof SeqNode) return 'list';
  return node instanceof MapNode ? 'map' : 'scalar';
}

const forms = { list: 'a list', map: 'a mapping', scalar: 'a single value' };

function wrongType(node: Node, shape: Shape, name: string, reading: Reading): undefined {
  note(reading, {
    kind: 'config-wrong-type',
    at: headOf(node),
    message: `${name || 'the file'} is ${forms[formOf(node)]}, and takes ${nounOf(shape)}`,
  });
}

/** Where to point at a list or mapping: its key, or in a list its first word. */
function headOf(node: Node): Place {
  if (node instanceof ScalarNode) return node.at;
  if (node.key instanceof ScalarNode) return node.keyAt;
  return (node instanceof MapNode ? node.entries[0]?.key.at : undefined) ?? node.at;
}

function readScalar(node: ScalarNode, shape: Shape, name: string, reading: Reading): Plain | undefined {
  const written = node.style === 'plain' && typeof node.value !== 'string' ? node.source : String(node.value);
  const value = shape.kind === 'text' || shape.kind === 'word' ? written : node.value;
  const fault = scalarFault(value, shape);
  if (!fault) return value;
  const [near] = fault.near;
  const fixes = near === undefined ? undefined : [fixTo(near, { op: 'set', at: node.at, value: near })];
  note(reading, { kind: fault.kind, at: node.at, message: `${name}: ${fault.message}`, ...(fixes && { fixes }) });
  return undefined;
}

function readList(node: SeqNode, item: Shape, name: string, reading: Reading): Plain {
  const values = node.items.map((each, index) => readNode(each, item, `${name}[${index}]`, reading));
  return values.filter((value) => value !== undefined);
}

function readMap(node: MapNode, value: Shape, name: string, reading: Reading): Plain {
  return fromEntries(
    node.entries.map((entry) => [String(entry.key.value), readNode(entry.value, value, `${name}.${entry.key.value}`, reading)]),
  );
}

function readRecord(node: MapNode, shape: RecordShape, name: string, reading: Reading): Plain {
  const prefix = name === '' ? '' : `${name}.`;
  const values = node.entries.map((entry): readonly [string, Plain | undefined] => {
    const key = String(entry.key.value);
    const known = Object.hasOwn(shape.keys, key) ? shape.keys[key] : undefined;
    if (!known) unknownKey(entry, shape, name, reading);
    return [key, known && readNode(entry.value, known.shape, `${prefix}${key}`, reading)];
  });
  missingKeys(node, shape, reading);
  return fromEntries(values);
}

function missingKeys(node: MapNode, { keys, oneOf, means }: RecordShape, reading: Reading): void {
  const has = (key: string): boolean => {
    const value = node.get(key);
    return value !== undefined && !(value instanceof ScalarNode && value.value === null);
  };
  const missing = Object.keys(keys).filter((key) => keys[key]?.isRequired && !has(key));
  const lacks = missing.map((key) => `"${key}"`).join(' and ');
  if (missing.length > 0) note(reading, { kind: 'config-missing-key', at: headOf(node), message: `${means} needs ${lacks}` });
  else if (oneOf && !oneOf.some(has))
    note(reading, {
      kind: 'config-missing-key',
      at: headOf(node),
      message: `${means} needs ${oneOf.map((key) => `"${key}"`).join(' or ')}`,
    });
}

const unknownKinds: Readonly<Record<'key' | 'rule' | 'parameter', ConfigProblemKind>> = {
  key: 'config-unknown-key',
  rule: 'config-unknown-rule',
  parameter: 'config-unknown-parameter',
};

function unknownKey({ key, value }: Entry, shape: RecordShape, name: string, reading: Reading): void {
  const what = shape.keysAre ?? 'key';
  const written = String(key.value);
  const homes = what === 'key' ? homesOf(written, reading.root) : [];
  const [near] = homes.length > 0 ? [] : nearestWords(written, Object.keys(shape.keys));
  const hint =
    near !== undefined ? `; did you mean "${near}"?` : homes.length > 0 ? `; it belongs under ${homes.join(' or ')}` : '';
  note(reading, {
    kind: unknownKinds[what],
    at: key.at,
    message:
      what === 'rule' ? `there is no rule "${written}"${hint}` : `${name || shape.means} has no ${what} "${written}"${hint}`,
    ...(near !== undefined && { fixes: [fixTo(near, { op: 'rename', at: value.at, key: near })] }),
  });
}

/** Top-level keys under which a key, or a rule of that id, would be known. */
function homesOf(key: string, root: RecordShape): readonly string[] {
  return Object.keys(root.keys).filter((home) => {
    const shape = root.keys[home]?.shape;
    const inner = shape?.kind === 'list' ? shape.item : shape;
    return inner?.kind === 'record' && Object.hasOwn(inner.keys, key);
  });
}

type Change = { readonly op: 'set'; readonly value: string } | { readonly op: 'rename'; readonly key: string };

function fixTo(word: string, op: Change & { readonly at: Problem['at'] }) {
  return { title: `write "${word}"`, safety: 'safe' as const, ops: [op] };
}

function note({ problems }: Reading, problem: Problem): void {
  problems.push(problem);
}

/** Without what could not be read. */
function fromEntries(entries: readonly (readonly [string, Plain | undefined])[]): Plain {
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Plain] => entry[1] !== undefined));
}
