import { describe, expect, test } from 'vitest';
import type { PodProof, PoolProof } from '../../src/prover/proof.ts';
import { fixHint, tellingConflicts } from '../../src/report/conflict-words.ts';
import { closedList, hostsText, overlapTexts, proofSummary, tally, whyNot } from '../../src/report/proof-words.ts';
import { sums } from '../../src/report/witness-sums.ts';
import { emptyProof, sampleProof } from './sample-proof.ts';

const [general] = sampleProof.pools as readonly [PoolProof];
const [, train] = sampleProof.pods as readonly [PodProof, PodProof];

test('the gravest is counted first, and nothing is called proved that was not asked', () => {
  expect(tally(sampleProof.pools, 'pool')).toBe('2 pools: 1 refuted, 1 proved');
  expect(proofSummary({ ...emptyProof, unasked: ['general'] })).toBe('0 pools · 0 workloads · 1 not asked, the time was up');
  expect(proofSummary(emptyProof)).toMatch(/^nothing to prove/);
});

describe('what was tried on a pool', () => {
  const host = (kind: 'archetype' | 'workload', name: string, verdict: 'proved' | 'refuted') => ({ kind, name, verdict });

  test('names the archetypes that find no room, not the workloads that run elsewhere', () => {
    const hosts = [
      host('archetype', 'small-web of general', 'proved'),
      host('archetype', 'cpu-heavy of general', 'refuted'),
      host('workload', 'Deployment a/b', 'refuted'),
    ];
    expect(hostsText({ ...general, hosts })).toBe('1 of 3 pods tried, 2 refused, no room for archetype cpu-heavy');
    expect(hostsText({ ...general, hosts: [] })).toBe('');
  });
});

test('a calculation has as many decimals everywhere, so that its columns can be added', () => {
  const lines = sums({
    capacity: '2',
    overhead: [{ of: 'a', amount: '0.07' }],
    daemons: [{ of: 'b', amount: '0.125' }],
    request: '1.5',
    left: '0.305',
  });
  expect(lines.map(({ sign, amount }) => sign + amount)).toEqual(['2.000', '−0.070', '−0.125', '−1.500', '=0.305']);
});

test('of a pool that runs nothing it is told once, and what can be fixed comes first', () => {
  const { own, nothingRunsOn } = tellingConflicts(train, sampleProof);
  expect([own.map(({ pool }) => pool), nothingRunsOn]).toEqual([['general'], ['gpu']]);
  const reversed = { ...train, conflicts: train.conflicts.toReversed() };
  expect(tellingConflicts(reversed, emptyProof).own.map(({ pool, fixes }) => [pool, fixes.length])).toEqual([
    ['gpu', 1],
    ['gpu', 1],
    ['general', 0],
  ]);
});

test('of many names the first are named', () => {
  expect(closedList(Array.from({ length: 10 }, (_, index) => `n${index}`))).toBe('n0, n1, n2, n3, n4, n5, n6, n7 and 2 more');
});

test('which flags would mend what is refuted', () => {
  expect(fixHint(sampleProof)).toBe('of what is refuted can be fixed: 2 with --fix --drifts');
  expect(fixHint({ ...sampleProof, pools: [], pods: [{ ...train, conflicts: train.conflicts.slice(0, 1) }] })).toMatch(
    / 1 with --fix --unsafe$/,
  );
  expect(fixHint(emptyProof)).toBe('');
});

test('pools that say the same are named together, those that could take the pod first', () => {
  const taint = (pool: string) => ({ pool, verdict: 'refuted', refusal: 'a taint' }) as const;
  const others = Array.from({ length: 7 }, (_, index) => ({ ...taint(`o${index}`), refusal: `reason ${index}` }));
  const later = { pool: 'later', verdict: 'proved', refusal: 'is asked later' } as const;
  const why = [...others, taint('a'), taint('b'), later, { ...later, pool: 'winner' }];
  const { reasons, others: rest } = whyNot({ ...train, wouldBe: { pool: 'winner', instanceTypes: [], why } });
  expect(reasons.slice(0, 3)).toEqual([
    { pools: 'later', refusal: 'is asked later' },
    { pools: 'a, b', refusal: 'a taint' },
    { pools: 'o0', refusal: 'reason 0' },
  ]);
  expect([reasons.length, rest]).toEqual([5, 4]);
});

test('of overlaps those with most in common are named', () => {
  const overlap = (types: number) => ({ pool: `p${types}`, types, first: 'general', why: 'weight' }) as const;
  const texts = overlapTexts(Array.from({ length: 10 }, (_, index) => overlap(index)));
  expect(texts[0]).toBe('p9: 9 types in common; general is asked first, by its weight');
  expect(texts.slice(8)).toEqual(['and 2 more pools']);
});
