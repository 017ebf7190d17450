import { describe, expect, test } from 'vitest';
import {
  acceptedBy,
  createBaseline,
  printBaseline,
  pruneBaseline,
  readBaseline,
  updateBaseline,
} from '../../src/config/baseline.ts';
import type { Diagnostic, Suppression } from '../../src/diagnostic/diagnostic.ts';
import { documentsOf, mistakes } from './configured.ts';

const finding = (fingerprint: string, file = 'a.yaml', by?: Suppression['by']): Diagnostic => ({
  rule: 'limits-missing',
  code: 'PP501',
  severity: 'warning',
  effect: 'risk',
  message: `no limits (${fingerprint})`,
  why: '',
  docs: '',
  file,
  path: '',
  related: [],
  fixes: [],
  fingerprint,
  assumptions: [],
  ...(by && { suppressed: { by, reason: '' } }),
});

describe('baseline', () => {
  test('accepts what is heard, once a fingerprint, with a count', () => {
    const made = createBaseline([finding('b'), finding('a'), finding('b'), finding('c', 'a.yaml', 'comment')], 'before us');
    expect([...acceptedBy(made)]).toEqual([
      ['b', 'before us'],
      ['a', 'before us'],
    ]);
    expect(made.findings.map(({ count }) => count)).toEqual([2, 1]);
  });

  test('prints the same text for the same findings in any order, and reads it back', () => {
    const findings = [finding('b', 'z.yaml'), finding('a', 'z.yaml'), finding('c', 'a.yaml')];
    const text = printBaseline(createBaseline(findings, 'before us'));
    expect(printBaseline(createBaseline(findings.toReversed(), 'before us'))).toBe(text);
    expect(JSON.parse(text).findings.map((entry: { fingerprint: string }) => entry.fingerprint)).toEqual(['c', 'a', 'b']);
    const { value } = readBaseline(documentsOf(text, 'baseline.json'));
    expect(value && printBaseline(value)).toBe(text);
  });

  test('an update adds what is new and keeps reasons and what was not found', () => {
    const old = createBaseline([finding('a'), finding('gone')], 'known');
    const updated = updateBaseline(old, [finding('a', 'moved.yaml', 'baseline'), finding('new')], 'later');
    expect(updated.findings.map(({ fingerprint, reason, file }) => [fingerprint, reason, file])).toEqual([
      ['a', 'known', 'moved.yaml'],
      ['gone', 'known', 'a.yaml'],
      ['new', 'later', 'a.yaml'],
    ]);
  });

  test('pruning forgets what is gone and takes nothing in', () => {
    const old = createBaseline([finding('a'), finding('a'), finding('gone')], 'known');
    const pruned = pruneBaseline(old, [finding('a', 'a.yaml', 'baseline'), finding('new')], () => true);
    expect(pruned.findings.map(({ fingerprint, count, reason }) => [fingerprint, count, reason])).toEqual([['a', 1, 'known']]);
  });

  test('pruning keeps what was not looked for', () => {
    const old = createBaseline([finding('a'), finding('elsewhere', 'b.yaml'), finding('gone')], 'known');
    const { findings } = pruneBaseline(old, [finding('a')], ({ file }) => file === 'a.yaml');
    expect(findings.map(({ fingerprint }) => fingerprint)).toEqual(['a', 'elsewhere']);
  });

  test('an empty file is no baseline', () => {
    expect(readBaseline(documentsOf('', 'baseline.json')).value).toBeUndefined();
  });

  test.each([
    ['{"version": 2, "findings": []}', '1:13 config-invalid-value: version: "2" is not one of 1'],
    ['{"version": 1}', '1:2 config-missing-key: a baseline needs "findings"'],
    [
      '{"version": 1, "findings": [{"fingerprint": "a"}]}',
      '1:30 config-missing-key: an accepted finding needs "count" and "reason"',
    ],
    ['{"version": 1, "findings": {}}', '1:16 config-wrong-type: findings is a mapping'],
    ['{"version": 1, "findings": [', '1:29 syntax'],
  ])('%s is a mistake with a place', (text, message) => {
    const { value, documents } = readBaseline(documentsOf(text, 'baseline.json'));
    expect(value).toBeUndefined();
    expect(mistakes(documents)[0]).toMatch(new RegExp(`^${message.replaceAll(/[[\]().?"{}]/g, '\\$&')}`));
  });
});
