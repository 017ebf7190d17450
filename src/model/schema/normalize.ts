import type { Path } from '../../text/place.ts';
import { isMap, put } from './json.ts';
import type { Json, Structure } from './structure.ts';

export interface UnknownField {
  readonly path: Path;
  readonly key: string;
}

export interface Normalized {
  /** `spec` alone: as the API server sees it once nulls and unknown fields are gone and defaults are in. */
  readonly value: { readonly [key: string]: Json };
  readonly unknown: readonly UnknownField[];
  /** Where a number stands that JSON has no word for (`.inf`, `.nan`): no client can send it. */
  readonly unsendable: readonly Path[];
}

/** What the server does to an object before it validates: drop nulls, fill in defaults, prune what the schema does not name. */
export function normalize(object: { readonly [key: string]: Json }, structure: Structure): Normalized {
  const walk = new Walk();
  for (const key of Object.keys(object)) if (!structure.fields.has(key)) walk.skip(key, object[key] ?? null);
  const own = (name: string): { [key: string]: Json } =>
    walk.map(Object.hasOwn(object, name) ? { [name]: object[name] ?? null } : {}, partOf(structure, name));
  // Nobody but the controller writes status: its unknown fields are told, its values are not looked at.
  own('status');
  return { value: own('spec'), unknown: walk.unknown, unsendable: walk.unsendable };
}

/** A schema as if it had one field only. */
function partOf(structure: Structure, name: string): Structure {
  const known = parts.get(structure) ?? new Map<string, Structure>();
  parts.set(structure, known);
  const part = known.get(name) ?? only(structure, name);
  known.set(name, part);
  return part;
}

/** Every object of a kind is split in the same way. */
const parts = new WeakMap<Structure, Map<string, Structure>>();

function only(structure: Structure, name: string): Structure {
  const field = structure.fields.get(name);
  const isIt = ([key]: readonly [string, Structure]): boolean => key === name;
  return {
    ...structure,
    fields: new Map(field ? [[name, field]] : []),
    defaults: structure.defaults.filter(isIt),
    sets: structure.sets.filter(isIt),
  };
}

class Walk {
  readonly unknown: UnknownField[] = [];
  readonly unsendable: Path[] = [];
  readonly #path: (string | number)[] = [];

  value(value: Json, structure: Structure): Json {
    if (typeof value === 'number' && !Number.isFinite(value)) this.unsendable.push([...this.#path]);
    if (Array.isArray(value)) return structure.items ? this.list(value, structure.items) : value;
    // A map where the schema wants a scalar is a type error as a whole.
    return isMap(value) && structure.type === 'object' ? this.map(value, structure) : value;
  }

  list(list: readonly Json[], items: Structure): Json {
    return list.map((item, index) => this.#under(index, item, items));
  }

  map(map: { readonly [key: string]: Json }, structure: Structure): { [key: string]: Json } {
    const out: { [key: string]: Json } = {};
    for (const key of Object.keys(map)) {
      const child = structure.fields.get(key) ?? structure.values;
      const value = map[key] ?? null;
      if (!child) {
        if (structure.open) {
          put(out, key, value);
          this.#unjudged(key, value);
        } else this.skip(key, value);
      } else if (value !== null) put(out, key, this.#under(key, value, child));
    }
    for (const [name, child] of structure.defaults) {
      if (child.default !== undefined && !Object.hasOwn(out, name)) out[name] = this.#under(name, child.default, child);
    }
    return out;
  }

  skip(key: string, value: Json): void {
    this.unknown.push({ path: [...this.#path], key });
    this.#unjudged(key, value);
  }

  /** What no schema describes must be written as JSON all the same. Without recursion: it may be nested without end. */
  #unjudged(key: string, value: Json): void {
    const left: Step[] = [{ key, value, above: undefined }];
    for (let step = left.pop(); step; step = left.pop()) {
      const { value: part } = step;
      if (typeof part === 'number' && !Number.isFinite(part)) this.unsendable.push([...this.#path, ...pathOf(step)]);
      else if (Array.isArray(part))
        for (const [index, item] of part.entries()) left.push({ key: index, value: item, above: step });
      else if (isMap(part))
        for (const name of Object.keys(part)) left.push({ key: name, value: part[name] ?? null, above: step });
    }
  }

  #under(key: string | number, value: Json, structure: Structure): Json {
    this.#path.push(key);
    const out = this.value(value, structure);
    this.#path.pop();
    return out;
  }
}

/** A value in what no schema describes, and the way to it: the path itself is written down for few of them. */
interface Step {
  readonly key: string | number;
  readonly value: Json;
  readonly above: Step | undefined;
}

function pathOf(step: Step): Path {
  const path: (string | number)[] = [];
  for (let at: Step | undefined = step; at; at = at.above) path.unshift(at.key);
  return path;
}
