import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { introduced } from '../../src/lint/introduced.ts';

function found(fingerprint: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    rule: 'r',
    code: 'PP1',
    severity: 'error',
    effect: 'risk',
    message: 'm',
    why: '',
    docs: '',
    file: 'a.yaml',
    path: '',
    related: [],
    fixes: [],
    fingerprint,
    assumptions: [],
    ...more,
  };
}

test('what was there before is not brought in, wherever it stands and however it is worded', () => {
  const after = [found('x', { file: 'moved.yaml', message: 'other words' }), found('y')];
  expect(introduced(after, [found('x')])).toEqual([after[1]]);
});

test('a second finding of the same name is new', () => {
  const after = [found('x'), found('x', { path: '/2' })];
  expect(introduced(after, [found('x')])).toEqual([after[1]]);
});

test('one that was suppressed, or milder, is new when it is heard or louder', () => {
  const after = [found('x'), found('y')];
  const before = [found('x', { suppressed: { by: 'comment', reason: 'r' } }), found('y', { severity: 'info' })];
  expect(introduced(after, before)).toEqual(after);
});

test('one that is suppressed afterwards does not stand for one that still is not', () => {
  const suppressed = found('x', { suppressed: { by: 'comment', reason: 'r' } });
  const after = [suppressed, found('x', { path: '/2' })];
  expect(introduced(after, [found('x')])).toEqual([suppressed]);
});
