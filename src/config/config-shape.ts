import type { Parameter, Rule } from '../lint/rule.ts';
import type { Key, RecordShape, Shape } from '../lint/shape.ts';
import { configKeys } from './keys.ts';

/** What the program offers, and thus what a configuration may name. */
export interface Offer {
  readonly rules: readonly Rule[];
  readonly formats: readonly string[];
}

/** `poolproof.yaml` as a shape: from it follow the reader, the messages and the JSON Schema. */
export function configShape({ rules, formats }: Offer): RecordShape {
  const ruleIds: Shape = { kind: 'word', of: rules.map(({ id }) => id), are: 'rule' };
  const keys = configKeys(ruleSettings(rules), ruleIds, formatShape(formats));
  return { kind: 'record', means: 'the configuration', keys: { $schema: schema, ...keys } };
}

const schema: Key = { shape: { kind: 'text', means: 'a URL' }, says: 'For editors: where the schema of this file is.' };

function formatShape(formats: readonly string[]): Shape {
  return {
    kind: 'text',
    means: `a format (${formats.join(', ')}), or FORMAT=FILE`,
    pattern: new RegExp(`^(${formats.join('|')})(=.+)?$`),
  };
}

const level: Shape = { kind: 'word', of: ['off', 'info', 'warning', 'error'] };

/** By rule id a level, or a record with the level and the parameters of that rule. */
function ruleSettings(rules: readonly Rule[]): RecordShape {
  const keys = rules.map((rule) => [rule.id, { shape: ruleSetting(rule), says: `${rule.summary} (${rule.code})` }] as const);
  return { kind: 'record', means: 'rules', keys: Object.fromEntries(keys), keysAre: 'rule' };
}

function ruleSetting({ id, parameters = {} }: Rule): Shape {
  const own = Object.entries(parameters as Readonly<Record<string, Parameter<unknown>>>).map(
    ([name, parameter]): readonly [string, Key] => [
      name,
      { shape: shapeOf(parameter.default), says: `${parameter.says} Default: ${JSON.stringify(parameter.default)}.` },
    ],
  );
  const keys: Readonly<Record<string, Key>> = { level: { shape: level, says: 'How loud it is.' }, ...Object.fromEntries(own) };
  return { kind: 'either', of: [level, { kind: 'record', means: `a setting of ${id}`, keys, keysAre: 'parameter' }] };
}

/** What a parameter takes is what its default is. */
function shapeOf(value: unknown): Shape {
  if (typeof value === 'string') return { kind: 'text', means: `text such as ${JSON.stringify(value)}`, looksNumeric: true };
  if (typeof value === 'number') return { kind: 'number' };
  if (typeof value === 'boolean') return { kind: 'flag' };
  if (Array.isArray(value)) return { kind: 'list', item: value.length > 0 ? shapeOf(value[0]) : { kind: 'any' } };
  if (typeof value === 'object' && value !== null) return { kind: 'map', value: { kind: 'any' } };
  return { kind: 'any' };
}
