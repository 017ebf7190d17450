import { expect, test } from 'vitest';
import { knownFields, lifeOfPath, lifeOfValue, placesOf } from '../../../src/model/schema/known.ts';
import { type KindSchema, loadSchemas, versionsOf } from '../../../src/model/schema/load.ts';

async function schemaOf(minor: '1.0' | '1.14' | '1.15', apiVersion: string, kind: string): Promise<KindSchema> {
  const schema = (await loadSchemas(minor, [kind])).get(apiVersion, kind);
  if (!schema) throw new Error(`${kind} is not served`);
  return schema;
}

const pool = await schemaOf('1.14', 'karpenter.sh/v1', 'NodePool');
const oldPool = await schemaOf('1.0', 'karpenter.sh/v1', 'NodePool');
const nodeClass = await schemaOf('1.14', 'karpenter.k8s.aws/v1', 'EC2NodeClass');
const openClass = await schemaOf('1.15', 'karpenter.k8s.aws/v1', 'EC2NodeClass');

test('names the fields that a level has', () => {
  expect(knownFields(pool, ['spec'])).toEqual(['disruption', 'limits', 'replicas', 'template', 'weight']);
  expect(knownFields(oldPool, ['spec'])).toEqual(['disruption', 'limits', 'template', 'weight']);
  expect(knownFields(pool, ['spec', 'template', 'spec', 'requirements', 3])).toContain('minValues');
  expect(knownFields(pool, ['spec', 'limits'])).toEqual([]);
  expect(knownFields(openClass, ['spec', 'kubelet'])).toEqual([]);
  expect(knownFields(pool, ['metadata', 'ownerReferences', 0])).toContain('controller');
  expect(knownFields(pool, ['metadata', 'labels'])).toEqual([]);
});

test('finds where a field belongs', () => {
  expect(placesOf(pool, 'expireAfter')).toEqual([['spec', 'template', 'spec', 'expireAfter']]);
  expect(placesOf(pool, 'reasons')).toEqual([['spec', 'disruption', 'budgets', '[]', 'reasons']]);
  expect(placesOf(nodeClass, 'tags').length).toBe(5);
  expect(placesOf(pool, 'constructor')).toEqual([]);
});

test('tells which minors have a field', () => {
  expect(lifeOfPath(oldPool, ['spec', 'replicas'])).toEqual({ since: '1.8', until: '1.15' });
  expect(lifeOfPath(oldPool, ['spec', 'weight'])).toEqual({ since: '1.0', until: '1.15' });
  expect(lifeOfPath(openClass, ['spec', 'kubelet', 'clusterDNS', 0])).toEqual({ since: '1.0', until: '1.14' });
  expect(lifeOfPath(pool, ['spec', 'toString'])).toBeUndefined();
});

test('tells which minors have a value', () => {
  const operator = ['spec', 'template', 'spec', 'requirements', 0, 'operator'];
  expect(lifeOfValue(oldPool, operator, 'Gte')).toEqual({ since: '1.9', until: '1.15' });
  expect(lifeOfValue(oldPool, operator, 'Equals')).toBeUndefined();
});

test('tells which versions of a kind there are', () => {
  expect(versionsOf('NodePool').map(({ apiVersion, since, until }) => [apiVersion, since, until])).toEqual([
    ['karpenter.sh/v1', '1.0', '1.15'],
    ['karpenter.sh/v1beta1', '1.0', '1.0'],
  ]);
  expect(versionsOf('Provisioner')).toEqual([]);
});
