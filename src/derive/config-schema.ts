import type { Key, RecordShape, Shape } from '../lint/shape.ts';

/** A JSON Schema (draft 7, which editors of YAML know best), as data. */
export type JsonSchema = { readonly [key: string]: unknown };

/** The schema of `poolproof.yaml` from its shape. It is a little milder than the reader, which also knows calendars and zones. */
export function configSchema(shape: RecordShape): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'https://poolproof.dev/schema/poolproof.schema.json',
    title: 'Configuration of poolproof',
    ...schemaOf(shape),
  };
}

function schemaOf(shape: Shape): JsonSchema {
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
      return { type: 'array', items: schemaOf(shape.item) };
    case 'map':
      return { type: 'object', additionalProperties: schemaOf(shape.value) };
    case 'record':
      return recordSchema(shape);
    case 'either':
      return { anyOf: shape.of.map(schemaOf) };
    case 'any':
      return {};
  }
}

function recordSchema({ keys, oneOf }: RecordShape): JsonSchema {
  const required = Object.keys(keys).filter((key) => keys[key]?.isRequired);
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    ...(oneOf && { anyOf: oneOf.map((key) => ({ required: [key] })) }),
    properties: Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, property(key)])),
  };
}

function property({ shape, says }: Key): JsonSchema {
  const note = shape.kind === 'text' ? ` It is ${shape.means}.` : '';
  return { description: `${says}${note}`, ...schemaOf(shape) };
}
