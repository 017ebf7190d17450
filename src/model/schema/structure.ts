import { atLeast, type Minor } from '../../algebra/version.ts';
import type { Path } from '../../text/place.ts';

export type FieldType = 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'int-or-string';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The minors in which something is so; an absent bound is that of what holds it. */
export interface Lifetime {
  readonly since?: Minor;
  readonly until?: Minor;
}

/** One field of a kind over all the minors that serve the kind in this version: the generated form. */
export interface Field extends Lifetime {
  readonly type: FieldType;
  /** The fields of an object. */
  readonly fields?: { readonly [name: string]: Field };
  /** What the keys of a map hold. */
  readonly values?: Field;
  /** What a list holds. */
  readonly items?: Field;
  readonly defaults?: readonly (Lifetime & { readonly value: Json })[];
  readonly enum?: readonly (Lifetime & { readonly value: string })[];
  /** Unknown fields are kept. */
  readonly open?: Lifetime;
  /** No two items of the list may be equal. */
  readonly set?: Lifetime;
}

/** The same in one minor, made for walking along an object. */
export interface Structure {
  readonly type: FieldType;
  readonly fields: ReadonlyMap<string, Structure>;
  readonly values: Structure | undefined;
  readonly items: Structure | undefined;
  readonly default: Json | undefined;
  readonly open: boolean;
  readonly set: boolean;
  /** Its fields that have a default. */
  readonly defaults: readonly (readonly [string, Structure])[];
  /** Its fields in or under which a list is a set. */
  readonly sets: readonly (readonly [string, Structure])[];
  /** Whether it, or a part of it that is told by fields and items, is a set. */
  readonly hasSet: boolean;
}

export function structureAt(field: Field, minor: Minor): Structure {
  const within = (child: Field | undefined): Structure | undefined =>
    child && isAlive(child, minor) ? structureAt(child, minor) : undefined;
  const fields = new Map<string, Structure>();
  for (const [name, child] of Object.entries(field.fields ?? {})) {
    const structure = within(child);
    if (structure) fields.set(name, structure);
  }
  const items = within(field.items);
  const set = field.set !== undefined && isAlive(field.set, minor);
  const sets = [...fields].filter(([, child]) => child.hasSet);
  return {
    type: field.type,
    fields,
    values: within(field.values),
    items,
    default: field.defaults?.find((candidate) => isAlive(candidate, minor))?.value,
    open: field.open !== undefined && isAlive(field.open, minor),
    set,
    defaults: [...fields].filter(([, child]) => child.default !== undefined),
    sets,
    hasSet: set || sets.length > 0 || items?.hasSet === true,
  };
}

export function isAlive({ since, until }: Lifetime, minor: Minor): boolean {
  return (since === undefined || atLeast(minor, since)) && (until === undefined || atLeast(until, minor));
}

/** The structure of the value at a path; undefined where the schema knows nothing of it. */
export function structureOf(root: Structure, path: Path): Structure | undefined {
  let at: Structure | undefined = root;
  for (const part of path) at = typeof part === 'number' ? at?.items : (at?.fields.get(part) ?? at?.values);
  return at;
}
