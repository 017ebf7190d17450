import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { digests } from './digests.ts';
import { expandAll } from './expanded.ts';
import { providerCases } from './provider-cases.ts';

/** Digests of what the oracle printed. When one differs, `node test/oracle/catalog/compare.mjs` says which types do, and how. */
const recorded: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(new URL('../fixtures/catalog/provider.json', import.meta.url), 'utf8'),
);
const catalog = await loadCatalog();
const cases = (['1.14', '1.15'] as const).flatMap((karpenter) =>
  providerCases
    .filter(({ differsAt114 }) => differsAt114 || karpenter === '1.15')
    .map((one) => ({ karpenter, name: one.name, one })),
);

test('every case is recorded', () => {
  const named = ['1.14', '1.15'].flatMap((karpenter) => providerCases.map(({ name }) => `${karpenter} ${name}`));
  expect(Object.keys(recorded)).toEqual(named);
});

test.each(cases)('Karpenter $karpenter, $name: all types as the oracle has them', ({ karpenter, name, one }) => {
  expect(digests(expandAll(catalog, one, karpenter))).toEqual(recorded[`${karpenter} ${name}`]);
});
