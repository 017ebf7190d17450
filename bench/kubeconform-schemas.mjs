// The newest schemas of NodePool and EC2NodeClass in the form that kubeconform reads.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const data = join(dirname(fileURLToPath(import.meta.url)), '../.ci/generate/crd/data');

export function kubeconformSchemas(folder) {
  mkdirSync(folder, { recursive: true });
  for (const [kind, file] of [
    ['nodepool', 'node-pool-v1.json'],
    ['ec2nodeclass', 'ec2-node-class-v1.json'],
  ]) {
    const { schemas } = JSON.parse(readFileSync(join(data, file), 'utf8'));
    writeFileSync(join(folder, `${kind}.json`), JSON.stringify(closed(schemas.at(-1).schema)));
  }
  return folder;
}

/** Without unknown fields, but for metadata. */
function closed(schema, name = '') {
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Array.isArray(schema)
    ? schema.map((item) => closed(item))
    : Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value, key)]));
  return copy.properties && name !== 'metadata' && !('additionalProperties' in copy)
    ? { ...copy, additionalProperties: false }
    : copy;
}
