import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCronRefusal, parseCron } from '../../src/algebra/cron.ts';
import { nextAfter } from '../../src/algebra/cron-next.ts';

const field = (least: number, most: number): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: least, max: most }).map(String),
    fc
      .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
      .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
    fc.integer({ min: 2, max: 5 }).map((step) => `*/${step}`),
    fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: 1, maxLength: 3 }).map((values) => values.join(',')),
  );

/** Where day and weekday are not both restricted every cron means the same calendar: an implementation that knows nothing of ours. */
const schedule = fc
  .tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), fc.constant('*'))
  .map((fields) => fields.join(' '))
  .chain((days) =>
    fc.oneof(
      fc.constant(days),
      field(0, 6).map((weekday) => days.replace(/^(\S+ \S+) \S+ (\S+) \S+$/, `$1 * $2 ${weekday}`)),
    ),
  );

test('the calendar of a schedule is that of another implementation', () => {
  const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
  fc.assert(
    fc.property(schedule, instant, (text, from) => {
      const ours = parseCron(text);
      if (isCronRefusal(ours)) throw new Error(`refused: ${text}`);
      const theirs = CronExpressionParser.parse(text, { currentDate: new Date(from), tz: 'UTC' });
      let at = from;
      for (let hit = 0; hit < 3; hit++) {
        at = nextAfter(ours, at) ?? Number.NaN;
        expect({ text, at }).toEqual({ text, at: theirs.next().getTime() });
      }
    }),
    { numRuns: 400, seed: 1124 },
  );
});
