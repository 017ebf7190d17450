import { expect, test } from 'vitest';
import { without } from '../../src/algebra/requirements.ts';
import { labels } from '../../src/catalog/instance-label.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { namesOf } from '../../src/catalog/select.ts';
import { withCatalogFile } from '../../src/catalog/with-catalog-file.ts';
import { type InstanceScope, type InstanceSet, instanceSets } from '../../src/context/instance-set.ts';
import { poolRequirements } from '../../src/context/pool-requirements.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { linked } from './linked.ts';

const catalog = await loadCatalog();
const target: InstanceScope = { karpenter: '1.15', region: undefined, zones: undefined };

function setOf(requirements: string, nodeClass = '', scope = target, known = catalog, group = 'karpenter.k8s.aws'): InstanceSet {
  const context = linked(`
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: general }
spec:
  template:
    spec:
      nodeClassRef: { group: ${group}, kind: EC2NodeClass, name: default }
      requirements: ${requirements}
${nodeClass === '' ? '' : `---\napiVersion: karpenter.k8s.aws/v1\nkind: EC2NodeClass\nmetadata: { name: default }\n${nodeClass}`}
`);
  const pool = context.nodePools[0] as NodePool;
  return instanceSets(known, scope, context)(pool, poolRequirements(pool));
}

const family = (...values: string[]): string => `{ key: ${labels.family}, operator: In, values: [${values.join(', ')}] }`;

test('the set is what all requirements leave', () => {
  const set = setOf(`[${family('m5', 'c5')}, { key: ${labels.size}, operator: In, values: [large, 2xlarge] }]`);
  expect(namesOf(set.index, set.matches)).toEqual(['c5.2xlarge', 'c5.large', 'm5.2xlarge', 'm5.large']);
  expect(set.values(labels.family)).toEqual(['c5', 'm5']);
  expect(set.isKnown).toBe(true);
});

test('values that no table has are told', () => {
  const set = setOf(`[${family('m5', 'm99')}, { key: ${labels.arch}, operator: In, values: [x86] }]`);
  expect([...set.unlisted]).toEqual([[labels.family, ['m99']]]);
});

test('a placeholder makes the set a bound and no claim', () => {
  const set = setOf(`[${family('m5')}, { key: ${labels.size}, operator: In, values: ["\${SIZE}"] }]`);
  expect(set.isKnown).toBe(false);
  expect(set.values(labels.family)).toEqual(['m5']);
});

test('a class of another provider is not judged by this catalog', () => {
  expect(setOf(`[${family('m5')}]`, '', target, catalog, 'eks.amazonaws.com').isKnown).toBe(false);
});

test('the operating system is that of the class, and not judged where the class is not in view', () => {
  const windows = `[${family('m5')}, { key: kubernetes.io/os, operator: In, values: [windows] }]`;
  expect(setOf(windows, 'spec: { amiFamily: AL2023 }').possible.isEmpty).toBe(true);
  expect(setOf(windows, 'spec: { amiFamily: Windows2022 }').matches.isEmpty).toBe(false);
  expect(setOf(windows).matches.isEmpty).toBe(false);
});

test('types that the class cannot use are not in it', () => {
  expect(setOf(`[${family('a1')}]`, 'spec: { amiFamily: AL2023 }').possible.isEmpty).toBe(true);
  expect(setOf(`[${family('a1')}]`, 'spec: { amiFamily: AL2 }').matches.isEmpty).toBe(false);
  expect(setOf(`[${family('m7g')}]`, 'spec: { amiFamily: Windows2022 }').possible.isEmpty).toBe(true);
});

test('zones count where they are known: of the subnets, else of the target', () => {
  const zone = (value: string): string => `[${family('m5')}, { key: ${labels.zone}, operator: In, values: [${value}] }]`;
  const live = 'spec: { amiFamily: AL2023 }\nstatus: { subnets: [{ zone: us-east-1b }] }';
  const told = { ...target, region: 'us-east-1', zones: ['us-east-1a'] };
  expect(setOf(zone('us-east-1a')).matches.isEmpty).toBe(false);
  expect(setOf(zone('us-east-1c'), '', told).matches.isEmpty).toBe(true);
  expect(setOf(zone('us-east-1b'), live, told).matches.isEmpty).toBe(false);
});

test('with a file of offerings, a type that no zone has is none', () => {
  const offerings = { version: 1, asOf: '2026-09-01', regions: { 'us-east-1': { offerings: { 'm5.large': ['us-east-1a'] } } } };
  const { catalog: told, errors } = withCatalogFile(catalog, offerings, 'offerings.json');
  expect(errors).toEqual([]);
  const set = setOf(`[${family('m5')}]`, '', { ...target, region: 'us-east-1' }, told);
  expect(namesOf(set.index, set.matches)).toEqual(['m5.large']);
});

test('the smallest conflict names the keys that leave nothing', () => {
  const set = setOf(
    `[${family('m5')}, { key: ${labels.arch}, operator: In, values: [arm64] }, { key: ${labels.size}, operator: Exists }]`,
  );
  expect(set.conflict()).toEqual([labels.family, labels.arch]);
  expect(set.under(without(set.requirements.all, new Set([labels.arch]))).matches.isEmpty).toBe(false);
});
