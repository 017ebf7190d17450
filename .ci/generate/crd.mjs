/**
 * Takes the CRDs of a Karpenter minor into crd/data, the sources of schema.mjs:
 *   node .ci/generate/crd.mjs 1.16 path/to/pkg/apis/crds/*.yaml
 * Prose, CEL and whatever else decides nothing structural is left out. Minors must be taken in one after the other; the same minor
 * again replaces itself where it was the newest.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const kept = [
  ...['type', 'format', 'enum', 'pattern', 'default', 'required', 'minimum', 'maximum', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'minProperties', 'maxProperties', 'x-kubernetes-int-or-string', 'x-kubernetes-list-type'],
  ...['x-kubernetes-list-map-keys', 'x-kubernetes-map-type', 'x-kubernetes-preserve-unknown-fields'],
];
/** Said in other words by int-or-string, or said by our own conditions. */
const passedOver = ['description', 'x-kubernetes-validations', 'anyOf'];

const [minor, ...files] = process.argv.slice(2);
if (!/^\d+\.\d+$/.test(minor ?? '') || files.length === 0) {
  console.error('usage: node .ci/generate/crd.mjs MINOR CRD.yaml…');
  process.exit(2);
}
for (const file of files) takeIn(parse(readFileSync(file, 'utf8')).spec);

function takeIn({ group, scope, names: { kind, plural }, versions }) {
  for (const { name: version, schema } of versions.filter((candidate) => candidate.served)) {
    const file = join(import.meta.dirname, 'crd/data', `${kebab(kind)}-${version}.json`);
    const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).schemas : [];
    const schemas = extended(before, sorted(structural(schema.openAPIV3Schema)));
    writeFileSync(file, print({ group, version, kind, plural, scope }, schemas));
  }
}

/** Minors with the same schema share one entry. */
function extended(before, schema) {
  const older = before
    .filter(({ since }) => since !== minor)
    .map((entry) => (entry.until === minor ? { ...entry, until: previous() } : entry));
  const last = older.at(-1);
  if (last && JSON.stringify(last.schema) === JSON.stringify(schema)) return [...older.slice(0, -1), { ...last, until: minor }];
  return [...older, { since: minor, until: minor, schema }];
}

function previous() {
  const [major, number] = minor.split('.');
  return `${major}.${number - 1}`;
}

function structural(node) {
  const { properties, additionalProperties, items, ...rest } = node;
  const strange = Object.keys(rest).filter((key) => !kept.includes(key) && !passedOver.includes(key));
  if (strange.length > 0) throw new Error(`keywords that the generator does not know: ${strange}`);
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => kept.includes(key))),
    ...(properties && { properties: mapped(properties, structural) }),
    ...(additionalProperties && { additionalProperties: structural(additionalProperties) }),
    ...(items && { items: structural(items) }),
  };
}

function mapped(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

/** Keys in order, so that only what a schema says tells it from another. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

function print(head, schemas) {
  const lines = schemas.map((entry) => JSON.stringify(entry)).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"schemas":[\n${lines}\n]}\n`;
}

function kebab(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
