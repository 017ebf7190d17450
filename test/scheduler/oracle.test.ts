import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Catalog } from '../../src/catalog/catalog.ts';
import { loadCatalog } from '../../src/catalog/load.ts';
import { answer } from '../oracle/scheduler/answer.ts';

interface Recorded {
  readonly scenario: { readonly name: string };
  readonly '1.15.0': unknown;
  /** Only where it differs. */
  readonly '1.14.1'?: unknown;
}

const catalog: Catalog = await loadCatalog();

/** Of the random ones every fourth is replayed here; CI replays all of them (compare.mjs --recorded). */
const shares = { chosen: 1, overlays: 1, random: 4 };

/** What Karpenter itself decided, recorded by test/oracle/scheduler/compare.mjs. */
describe.each(Object.entries(shares))('%s scenarios', { timeout: 120_000 }, (name, share) => {
  const scenarios = recorded(name).filter((_, index) => index % share === 0);

  test('1.15.0 decides alike', () => {
    expect(unlike(scenarios, '1.15.0')).toEqual([]);
  });

  test('1.14.1 decides alike', () => {
    // Most decisions are the same in both: those that are not, and some of the others, will do.
    const different = scenarios.filter((one, index) => one['1.14.1'] !== undefined || index % 5 === 0);
    expect(unlike(different, '1.14.1')).toEqual([]);
  });
});

function unlike(scenarios: readonly Recorded[], version: '1.15.0' | '1.14.1'): readonly string[] {
  const differ = scenarios.filter((one) => {
    const real = version === '1.14.1' ? (one['1.14.1'] ?? one['1.15.0']) : one['1.15.0'];
    return JSON.stringify(answer(one.scenario, catalog, version)) !== JSON.stringify(real);
  });
  return differ.map(({ scenario }) => scenario.name);
}

function recorded(name: string): readonly Recorded[] {
  const file = new URL(`../fixtures/scheduler/${name}.jsonl.gz`, import.meta.url);
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Recorded);
}
