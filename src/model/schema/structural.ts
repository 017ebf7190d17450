import type { Path } from '../../text/place.ts';
import { isInteger, isList, isMap, typeName, valueAt } from './json.ts';
import type { Validate, ValidateError } from './kind-entry.ts';
import { shown } from './shown.ts';
import type { Json, Structure } from './structure.ts';
import type { Violation } from './violation.ts';

/** What the schema itself holds against a normalized object: types, enums, patterns, bounds, formats, required fields, sets. */
export function structuralViolations(value: Json, structure: Structure, validate: Validate): readonly Violation[] {
  const found: Violation[] = [];
  if (!validate(value)) for (const error of validate.errors ?? []) if (isMeant(error, value)) found.push(violation(error, value));
  if (structure.hasSet) duplicates(value, structure, [], found);
  return withoutConsequences(found);
}

/** ajv is stricter than the server about what an integer is. */
function isMeant({ instancePath, keyword, params }: ValidateError, root: Json): boolean {
  if (keyword !== 'type' || !params.type?.includes('integer')) return true;
  return !isInteger(valueAt(root, pathOf(instancePath, root)));
}

function violation({ instancePath, keyword, params }: ValidateError, root: Json): Violation {
  const path = pathOf(instancePath, root);
  const value = valueAt(root, path);
  const actual = value ?? null;
  const {
    type = [],
    missingProperty: key = '',
    allowedValues: allowed = [],
    pattern = '',
    format = '',
    limit: bound = 0,
  } = params;
  if (keyword === 'type') return { kind: 'type', path, expected: [type].flat(), actual: typeName(value) };
  if (keyword === 'required') return { kind: 'required', path, key };
  if (keyword === 'enum') return { kind: 'enum', path, allowed, actual };
  if (keyword === 'pattern') return { kind: 'pattern', path, pattern, actual: shown(value) };
  if (keyword === 'format') return { kind: 'format', path, format, actual };
  if (keyword === 'multipleOf' || Math.abs(bound) === 2 ** 63) return { kind: 'format', path, format: 'int64', actual };
  const [, limit, of] = /^(min|max)(\w+)$/.exec(keyword) ?? [];
  const measured = of === undefined ? undefined : measures[of];
  if (!measured) throw new Error(`no violation for the keyword ${keyword}`);
  return { kind: 'bound', path, of: measured, limit: limit === 'min' ? 'minimum' : 'maximum', bound, actual: measure(value) };
}

const measures: Readonly<Record<string, (Violation & { kind: 'bound' })['of']>> = {
  imum: 'value',
  Length: 'length',
  Items: 'items',
  Properties: 'properties',
};

/** Characters are counted as the server counts them: a pair of surrogates is one. */
function measure(value: Json | undefined): number {
  if (typeof value === 'string') return [...value].length;
  if (isList(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : Number(value);
}

/** From ajv's JSON Pointer; only the value tells an index from a key that looks like one. */
function pathOf(instancePath: string, root: Json): Path {
  const path: (string | number)[] = [];
  let at: Json | undefined = root;
  for (const part of instancePath.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(isList(at) ? Number(key) : key);
    at = valueAt(at ?? null, path.slice(-1));
  }
  return path;
}

/** Each item of a set that was there before, once: as the server does, a third occurrence is not told again. */
function duplicates(value: Json, structure: Structure, path: Path, found: Violation[]): void {
  if (isList(value)) {
    if (structure.set) found.push(...repeated(value, path));
    if (structure.items?.hasSet && structure.items.type === 'object')
      for (const [index, item] of value.entries()) duplicates(item, structure.items, [...path, index], found);
  } else if (isMap(value)) {
    for (const [key, child] of structure.sets) {
      const item = value[key];
      if (item !== undefined && (child.type === 'object' || child.type === 'array'))
        duplicates(item, child, [...path, key], found);
    }
  }
}

function* repeated(list: readonly Json[], path: Path): Iterable<Violation> {
  const first = new Map<string, number>();
  const told = new Set<string>();
  for (const [index, item] of list.entries()) {
    const text = JSON.stringify(item);
    const before = first.get(text);
    if (before === undefined) first.set(text, index);
    else if (!told.has(text)) {
      told.add(text);
      yield { kind: 'duplicate-item', path: [...path, index], first: [...path, before], actual: item };
    }
  }
}

/** A value of the wrong type is not held to anything else. */
function withoutConsequences(found: readonly Violation[]): readonly Violation[] {
  if (found.length < 2) return found;
  const wrong = new Set(found.filter(({ kind }) => kind === 'type').map(({ path }) => JSON.stringify(path)));
  return wrong.size === 0 ? found : found.filter(({ kind, path }) => kind === 'type' || !wrong.has(JSON.stringify(path)));
}
