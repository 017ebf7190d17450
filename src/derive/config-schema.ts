import type { Key, RecordShape, Shape } from '../lint/shape.ts';

/** A JSON Schema (draft 7, which editors of YAML know best), as data. */
export type JsonSchema = { readonly [key: string]: unknown };

/** The schema of `poolproof.yaml` from its shape. It is a little milder than the reader, which also knows calendars and zones. */
export function configSchema(shape: RecordShape): JsonSchema {
  const shared = sharedRecords(shape);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://poolproof.dev/schema/poolproof.schema.json',
    title: 'Configuration of poolproof',
    ...recordSchema(shape, shared),
    definitions: Object.fromEntries([...shared].map(([record, name]) => [name, recordSchema(record, shared)])),
  };
}

/** Records that stand in several places, by the key that first leads to them: each is spelled out once. */
type Shared = ReadonlyMap<RecordShape, string>;

function sharedRecords(root: RecordShape): Shared {
  const seen = new Set<RecordShape>();
  const shared = new Map<RecordShape, string>();
  const visit = (shape: Shape, name: string): void => {
    if (shape.kind === 'list') visit(shape.item, name);
    else if (shape.kind === 'map') visit(shape.value, name);
    else if (shape.kind === 'either') for (const option of shape.of) visit(option, name);
    else if (shape.kind === 'record') {
      if (seen.has(shape)) {
        if (!shared.has(shape)) shared.set(shape, name);
        return;
      }
      seen.add(shape);
      for (const [key, value] of Object.entries(shape.keys)) visit(value.shape, key);
    }
  };
  visit(root, 'root');
  return shared;
}

function schemaOf(shape: Shape, shared: Shared): JsonSchema {
  switch (shape.kind) {
    case 'text':
      return {
        type: shape.looksNumeric ? ['string', 'number'] : 'string',
        ...(shape.pattern && { pattern: shape.pattern.source }),
      };
    case 'word':
      return { enum: shape.of };
    case 'flag':
      return { type: 'boolean' };
    case 'number':
      return { type: shape.isWhole ? 'integer' : 'number', ...(shape.least !== undefined && { minimum: shape.least }) };
    case 'list':
      return { type: 'array', items: schemaOf(shape.item, shared) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(shape.value, shared) };
    case 'record':
      return shared.has(shape) ? { $ref: `#/definitions/${shared.get(shape)}` } : recordSchema(shape, shared);
    case 'either':
      return { anyOf: shape.of.map((option) => schemaOf(option, shared)) };
    case 'any':
      return {};
  }
}

function recordSchema({ keys, oneOf }: RecordShape, shared: Shared): JsonSchema {
  const required = Object.keys(keys).filter((key) => keys[key]?.isRequired);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(oneOf && { anyOf: oneOf.map((key) => ({ required: [key] })) }),
    properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, property(key, shared)])),
  };
}

function property({ shape, says }: Key, shared: Shared): JsonSchema {
  const note = shape.kind === 'text' ? ` It is ${shape.means}.` : '';
  return { description: `${says}${note}`, ...schemaOf(shape, shared) };
}
