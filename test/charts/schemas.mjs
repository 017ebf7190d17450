// JSON schemas for kubeconform, out of what the API server says of its own kinds: an object has the fields that it names and no others.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from './lab.mjs';

/** Writes a schema for each kind of the objects into the folder, and gives the location to pass to kubeconform. */
export function writeSchemas(kubectl, objects, folder) {
  mkdirSync(folder, { recursive: true });
  for (const apiVersion of new Set(objects.map((object) => object.apiVersion))) {
    const path = apiVersion === 'v1' ? '/openapi/v3/api/v1' : `/openapi/v3/apis/${apiVersion}`;
    const { schemas } = JSON.parse(must(kubectl(['get', '--raw', path]))).components;
    const definitions = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, strict(schema)]));
    for (const [name, schema] of Object.entries(schemas)) {
      for (const { group, version, kind } of schema['x-kubernetes-group-version-kind'] ?? []) {
        // Where there is no group, kubeconform says the version twice.
        const file = join(folder, `${kind.toLowerCase()}_${group || version}_${version}.json`);
        writeFileSync(file, JSON.stringify({ $ref: `#/definitions/${name}`, definitions }));
      }
    }
  }
  return join(folder, '{{.ResourceKind}}_{{.Group}}_{{.ResourceAPIVersion}}.json');
}

function strict(schema) {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const made = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  if (typeof made.$ref === 'string') made.$ref = made.$ref.replace('#/components/schemas/', '#/definitions/');
  const isClosed = typeof made.properties === 'object' && made.additionalProperties === undefined;
  if (isClosed && !made['x-kubernetes-preserve-unknown-fields']) made.additionalProperties = false;
  return made;
}
