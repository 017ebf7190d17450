import { expect, test } from 'vitest';
import { offsetFromUtc } from '../../src/disruption/offset-from-utc.ts';

test.each([
  ['Asia/Seoul', '2026-01-15', 540],
  ['Europe/Berlin', '2026-01-15', 60],
  ['Europe/Berlin', '2026-07-15', 120],
  ['America/St_Johns', '2026-01-15', -210],
  ['Asia/Kathmandu', '2026-07-15', 345],
  ['UTC', '2026-07-15', 0],
])('%s on %s', (timezone, day, minutes) => {
  expect(offsetFromUtc(Date.parse(day), timezone)).toBe(minutes);
});
