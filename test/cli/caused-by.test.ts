import { expect, test } from 'vitest';
import { causedBy } from '../../src/cli/lint/caused-by.ts';
import type { Diagnostic, RelatedLocation } from '../../src/diagnostic/diagnostic.ts';
import { parse } from '../../src/document/parse.ts';

const before = [
  ...(await parse({ file: 'a.yaml', text: 'a: 1\nb: 2\n' })),
  ...(await parse({ file: 'same.yaml', text: 'x: 1\n' })),
];
const after = [
  ...(await parse({ file: 'a.yaml', text: 'a: 1\nb: 3\n' })),
  ...(await parse({ file: 'new.yaml', text: 'n: 1\n' })),
  ...(await parse({ file: 'same.yaml', text: 'x: 1\n' })),
];

test('a finding where nothing changed points at what did', () => {
  const [told] = [...causedBy([finding('same.yaml')], before, after).values()];
  expect(told?.related.map(({ file, range }) => [file, range?.start, range?.end])).toEqual([
    ['a.yaml', { line: 2, column: 1, offset: 5 }, { line: 2, column: 5, offset: 9 }],
    ['new.yaml', { line: 1, column: 1, offset: 0 }, { line: 1, column: 5, offset: 4 }],
  ]);
});

test('one that shows the change already is left alone', () => {
  const inside = finding('a.yaml');
  const beside = finding('same.yaml', [{ file: 'new.yaml', path: '', message: 'the other' }]);
  expect([...causedBy([inside, beside], before, after).values()]).toEqual([inside, beside]);
});

function finding(file: string, related: readonly RelatedLocation[] = []): Diagnostic {
  return {
    file,
    path: '',
    rule: 'limits-missing',
    code: 'PP501',
    severity: 'warning',
    effect: 'risk',
    message: '',
    why: '',
    docs: '',
    related,
    fixes: [],
    fingerprint: '',
    assumptions: [],
  };
}
