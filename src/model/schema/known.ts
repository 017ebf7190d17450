import type { Minor } from '../../algebra/version.ts';
import type { Path } from '../../text/place.ts';
import type { KindSchema } from './load.ts';
import { metadataFields } from './object-meta.ts';
import { type Field, type Lifetime, type Structure, structureOf } from './structure.ts';

/**
 * What the schemas know around a mistake, for whoever puts it into words: what the author may have meant, where a field belongs,
 * which Karpenter has it.
 */

/** The fields that an object at the path may have; empty where the schema holds none, or any. */
export function knownFields(schema: KindSchema, path: Path): readonly string[] {
  if (path[0] === 'metadata') return metadataFields(path.slice(1)) ?? [];
  return [...(structureOf(schema.structure, path)?.fields.keys() ?? [])];
}

/** Where fields of this name stand in the whole schema, status aside; `[]` is any item of a list, `{}` any key of a map. */
export function placesOf(schema: KindSchema, name: string): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const walk = (structure: Structure, path: readonly string[]): void => {
    for (const [key, child] of structure.fields) {
      if (path.length === 0 && key !== 'spec') continue;
      if (key === name) found.push([...path, key]);
      walk(child, [...path, key]);
    }
    if (structure.items) walk(structure.items, [...path, '[]']);
    if (structure.values) walk(structure.values, [...path, '{}']);
  };
  walk(schema.structure, []);
  return found;
}

/** First and last minor that have something. */
export interface Life {
  readonly since: Minor;
  readonly until: Minor;
}

/** The minors in which this version of the kind has a field at the path, if any ever had. */
export function lifeOfPath(schema: KindSchema, path: Path): Life | undefined {
  return lifeOf(schema, path)?.life;
}

/** The minors in which the value was or is one of those that the field at the path may have. */
export function lifeOfValue(schema: KindSchema, path: Path, value: unknown): Life | undefined {
  const found = lifeOf(schema, path);
  const entry = found?.field.enum?.find((candidate) => candidate.value === value);
  return found && entry && narrowed(found.life, entry);
}

function lifeOf(schema: KindSchema, path: Path): { readonly field: Field; readonly life: Life } | undefined {
  let field: Field | undefined = schema.field;
  let life: Life = { since: schema.since, until: schema.until };
  for (const part of path) {
    field = below(field, part);
    if (!field) return undefined;
    life = narrowed(life, field);
  }
  return { field, life };
}

function below(field: Field | undefined, part: string | number): Field | undefined {
  if (typeof part === 'number') return field?.items;
  return field?.fields && Object.hasOwn(field.fields, part) ? field.fields[part] : field?.values;
}

function narrowed(life: Life, { since, until }: Lifetime): Life {
  return { since: since ?? life.since, until: until ?? life.until };
}
