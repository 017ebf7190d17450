import { atLeast, type Minor } from '../../algebra/version.ts';
import { conditionsOf, type Post, posts } from './conditions.ts';
import { kinds as entries } from './gen/index.gen.ts';
import type { KindEntry, Validate } from './kind-entry.ts';
import { type Field, type Structure, structureAt } from './structure.ts';

/** A version of a kind, as a minor serves it. */
export interface Served {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

/** All that one minor holds against one version of a kind. */
export interface KindSchema extends Served {
  readonly minor: Minor;
  /** The first and the last minor that serve the kind in this version. */
  readonly since: Minor;
  readonly until: Minor;
  /** Over all minors, for what is said about other versions. */
  readonly field: Field;
  readonly structure: Structure;
  readonly validate: Validate;
  readonly posts: Post;
}

/** What `judge` needs to know of one Karpenter minor. */
export interface Schemas {
  readonly minor: Minor;
  /** Everything that this minor serves, loaded or not. */
  readonly served: readonly Served[];
  /** The schema of a version of a kind, if this minor serves it and its kind was asked for. */
  get(apiVersion: string, kind: string): KindSchema | undefined;
}

/** The schemas of the named kinds in every version that the minor serves; names that are no kinds of Karpenter's are passed over. */
export async function loadSchemas(minor: Minor, kinds: readonly string[]): Promise<Schemas> {
  const current = entries.filter(({ since, until }) => atLeast(minor, since) && atLeast(until, minor));
  const loaded = await Promise.all(current.filter(({ kind }) => kinds.includes(kind)).map((entry) => load(entry, minor)));
  const byName = new Map(loaded.map((schema) => [`${schema.apiVersion} ${schema.kind}`, schema]));
  return {
    minor,
    served: current.map(served),
    get: (apiVersion, kind) => byName.get(`${apiVersion} ${kind}`),
  };
}

/** In which versions a kind is or was served, and by which minors: for whatever a minor does not serve. */
export function versionsOf(kind: string): readonly (Served & { readonly since: Minor; readonly until: Minor })[] {
  return entries
    .filter((entry) => entry.kind === kind)
    .map((entry) => ({ ...served(entry), since: entry.since, until: entry.until }));
}

function served({ group, version, kind, plural, namespaced }: KindEntry): Served {
  return { apiVersion: `${group}/${version}`, kind, plural, namespaced };
}

async function load(entry: KindEntry, minor: Minor): Promise<KindSchema> {
  const validator = entry.validators.findLast(([since]) => atLeast(minor, since));
  if (!validator) throw new Error(`no validator of ${entry.kind} for ${minor}`);
  const [{ field }, { validate }] = await Promise.all([entry.field(), validator[1]()]);
  const { kind, version, since, until } = entry;
  return {
    ...served(entry),
    minor,
    since,
    until,
    field,
    structure: structureAt(field, minor),
    validate,
    posts: posts(conditionsOf(kind, version, minor)),
  };
}
