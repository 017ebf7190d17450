import { dig, digList, isValue } from '../../../webhook/cluster/dig.ts';
import type { Minor } from '../../algebra/version.ts';
import { type Field, isAlive } from '../../model/schema/structure.ts';

/** What the `spec` of a kind can say in one Karpenter minor: fields as `budgets[].nodes`, words of closed lists as `operator=In`. */
export function fieldsAt(field: Field, minor: Minor): ReadonlySet<string> {
  const { spec } = field.fields ?? {};
  return new Set(spec ? ofField(spec, minor, '') : []);
}

function* ofField(field: Field, minor: Minor, path: string): Generator<string> {
  if (path !== '') yield path;
  for (const { value, ...life } of field.enum ?? []) if (isAlive(life, minor)) yield `${path}=${value}`;
  for (const [name, child] of Object.entries(field.fields ?? {}))
    if (isAlive(child, minor)) yield* ofField(child, minor, join(path, name));
  if (field.items && isAlive(field.items, minor)) yield* ofField(field.items, minor, `${path}[]`);
  if (field.values && isAlive(field.values, minor)) yield* ofField(field.values, minor, `${path}{}`);
}

/** The same of a CustomResourceDefinition, in the version that it stores. */
export function fieldsOfCrd(crd: unknown): ReadonlySet<string> {
  const stored = digList(crd, 'spec', 'versions').find((version) => dig(version, 'storage') === true);
  return new Set(ofSchema(dig(stored, 'schema', 'openAPIV3Schema', 'properties', 'spec'), ''));
}

function* ofSchema(schema: unknown, path: string): Generator<string> {
  if (!isValue(schema)) return;
  if (path !== '') yield path;
  for (const value of digList(schema, 'enum')) yield `${path}=${value}`;
  const { properties, items, additionalProperties } = schema;
  for (const [name, child] of Object.entries(isValue(properties) ? properties : {})) yield* ofSchema(child, join(path, name));
  yield* ofSchema(items, `${path}[]`);
  yield* ofSchema(additionalProperties, `${path}{}`);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
