import { durationFault } from '../../src/algebra/duration.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import { MapNode, type Node, ScalarNode, SeqNode } from '../../src/document/node.ts';
import type { Path } from '../../src/text/place.ts';

/** The Go type of a field of the kubelet's configuration, as far as decoding JSON into it can fail. */
export type KubeletShape =
  | KubeletScalar
  | { readonly fields: { readonly [name: string]: KubeletShape } }
  | { readonly items: KubeletShape }
  | { readonly values: KubeletShape };

export type KubeletScalar =
  | 'string'
  | 'boolean'
  | 'number'
  | 'int32'
  | 'int64'
  | 'uint32'
  | 'duration'
  | 'duration-or-nanoseconds'
  | 'quantity'
  | 'date-time';

/** Where a configuration leaves the kubelet's type. */
export type Mismatch =
  /** `node` is the value under the unknown key. */
  | { readonly kind: 'unknown-field'; readonly node: Node; readonly key: ScalarNode; readonly known: readonly string[] }
  | { readonly kind: 'type'; readonly node: Node; readonly wanted: string; readonly shape?: KubeletScalar }
  /** The right type of JSON, and still no duration or quantity. */
  | { readonly kind: 'form'; readonly node: ScalarNode; readonly wanted: string };

/** Names are case-sensitive at any depth; null decodes into anything. */
export function* mismatches(node: Node, shape: KubeletShape): Iterable<Mismatch> {
  if (node instanceof ScalarNode && (node.value === null || node.unresolved)) return;
  if (typeof shape === 'string') yield* scalarMismatch(node, shape);
  else if ('items' in shape) {
    if (node instanceof SeqNode) for (const item of node.items) yield* mismatches(item, shape.items);
    else yield { kind: 'type', node, wanted: 'a list' };
  } else if (!(node instanceof MapNode)) yield { kind: 'type', node, wanted: 'a mapping' };
  else if ('values' in shape) for (const { value } of node.entries) yield* mismatches(value, shape.values);
  else yield* fieldMismatches(node, shape.fields);
}

function* fieldMismatches(node: MapNode, fields: { readonly [name: string]: KubeletShape }): Iterable<Mismatch> {
  for (const { key, value } of node.entries) {
    const name = String(key.value);
    const shape = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (shape) yield* mismatches(value, shape);
    else yield { kind: 'unknown-field', node: value, key, known: Object.keys(fields) };
  }
}

/** Whether the type has a field at a path. */
export function knowsKubeletField(shape: KubeletShape, path: Path): boolean {
  const [part, ...rest] = path;
  if (part === undefined) return true;
  if (typeof shape === 'string') return false;
  if ('items' in shape) return knowsKubeletField(shape.items, rest);
  if ('values' in shape) return knowsKubeletField(shape.values, rest);
  const field = Object.hasOwn(shape.fields, part) ? shape.fields[part] : undefined;
  return field !== undefined && knowsKubeletField(field, rest);
}

const integers: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
};

const inWords: Readonly<Record<KubeletScalar, string>> = {
  string: 'a text, so put it in quotes',
  boolean: 'true or false',
  number: 'a number',
  int32: 'a whole number of 32 bits, without quotes',
  int64: 'a whole number of 64 bits, without quotes',
  uint32: 'a whole number from 0 to 4294967295, without quotes',
  duration: 'a duration in quotes, such as "30s"',
  'duration-or-nanoseconds': 'a duration in quotes or a whole number of nanoseconds',
  quantity: 'a quantity, such as "500Mi"',
  'date-time': 'a time, such as "2026-01-31T12:00:00Z"',
};

function* scalarMismatch(node: Node, shape: KubeletScalar): Iterable<Mismatch> {
  const wanted = inWords[shape];
  if (!(node instanceof ScalarNode) || !hasType(node.value, shape)) yield { kind: 'type', node, wanted, shape };
  else if (!hasForm(node.value, shape)) yield { kind: 'form', node, wanted };
}

function hasType(value: ScalarNode['value'], shape: KubeletScalar): boolean {
  if (shape === 'boolean') return typeof value === 'boolean';
  if (shape === 'number') return typeof value === 'number';
  const range = integers[shape];
  if (range) return isWithin(value, range);
  if (shape === 'quantity') return typeof value === 'string' || typeof value === 'number';
  return typeof value === 'string' || (shape === 'duration-or-nanoseconds' && Number.isInteger(value));
}

function isWithin(value: ScalarNode['value'], [least, most]: readonly [bigint, bigint]): boolean {
  return typeof value === 'number' && Number.isInteger(value) && BigInt(value) >= least && BigInt(value) <= most;
}

function hasForm(value: ScalarNode['value'], shape: KubeletScalar): boolean {
  if (shape === 'duration' || (shape === 'duration-or-nanoseconds' && typeof value === 'string'))
    return durationFault(String(value)) === undefined;
  if (shape === 'quantity') return !isQuantityFault(parseQuantity(String(value).trim()));
  return shape !== 'date-time' || /^\d{4}-\d{2}-\d{2}T\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(String(value));
}
