import type { Plain } from '../diagnostic/diagnostic.ts';
import type { RecordShape } from '../lint/shape.ts';
import { scalarFault } from './scalar-fault.ts';

/** What is wrong with a value that a flag or the environment gives for a key; of a list key, with one item. */
export function settingFault(shape: RecordShape, key: string, value: Plain): string | undefined {
  const expected = shape.keys[key]?.shape;
  if (!expected) return `there is no setting "${key}"`;
  return scalarFault(value, expected.kind === 'list' ? expected.item : expected)?.message;
}
