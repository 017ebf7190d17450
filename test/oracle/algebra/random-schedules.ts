import { isCronRefusal, parseCron } from '../../../src/algebra/cron.ts';
import { nextAfter } from '../../../src/algebra/cron-next.ts';
import type { Question } from './question.ts';
import type { Random } from './random.ts';

const fields = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  { least: 1, most: 12, names: ['jan', 'FEB', 'Jun', 'dec'] },
  { least: 0, most: 6, names: ['sun', 'MON', 'Fri', 'sat'] },
] as const;
const oddItems = [
  '',
  '*-3',
  '?',
  '*/1',
  '*/0',
  '7',
  '0',
  '60',
  '5-1',
  '1-2-3',
  '1/2/3',
  'L',
  'W',
  '1#2',
  'x',
  '+5',
  '-1',
  '*/-2',
  '1-',
  '/2',
];
const oddTexts = [
  '@daily',
  '@hourly ',
  ' @weekly',
  '@Daily',
  '@daily x',
  '@every 1h',
  '@every x',
  '@reboot',
  'TZ=UTC 0 0 * * *',
  'CRON_TZ=Asia/Seoul 0 9 * * 1-5',
  '0 0 * *',
  '0 0 0 * * *',
  '',
  ' \t',
  '0\t0\u00a0*\u2003*\u0085*',
  '0 0 * *\ufeff*',
  '0 0 1 jan,fr\u0130 *',
  '0 0 * * fr\u0130',
];
const year = 31_556_952_000;
/** 2020-01-01. */
const start = 1_577_836_800_000;

export function cronQuestion(random: Random): Question {
  const starts = random.some(2, 2, () => start + random.integer(90) * year + random.integer(year));
  if (random.percent(8)) return ['cron', random.pick(oddTexts), starts, 2];
  return [
    'cron',
    fields.map((_, index) => field(random, index, random.percent(6))).join(random.percent(95) ? ' ' : '  '),
    starts,
    4,
  ];
}

/** Asked close to the edges of the windows, where answers change. */
export function activeQuestion(random: Random): Question {
  const minutes = random.pick([1, 5, 60, 90, 60 * 8, 60 * 24, 60 * 24 * 3, 60 * 24 * 40, 0]);
  const [text, hit] = firing(random);
  const length = minutes * 60_000;
  const edges = [0, -1, 1, length - 1, length, length + 1, 999, -1000, length - 1000, length + 60_000, random.integer(year)];
  return ['active', text, `${minutes}m`, edges.map((offset) => hit + offset)];
}

/** A schedule that is accepted, with one of its hits. */
function firing(random: Random): readonly [text: string, hit: number] {
  for (;;) {
    const text = fields.map((_, index) => field(random, index, false)).join(' ');
    const schedule = parseCron(text);
    const hit = isCronRefusal(schedule) ? undefined : nextAfter(schedule, start + random.integer(40) * year);
    if (hit !== undefined) return [text, hit];
  }
}

function field(random: Random, index: number, odd: boolean): string {
  if (odd) return random.pick([...oddItems, `${random.pick(oddItems)},1`]);
  if (random.percent(45)) return '*';
  return random.some(1, random.percent(75) ? 1 : 3, () => item(random, index)).join(',');
}

function item(random: Random, index: number): string {
  const { least, most, names } = fields[index] as (typeof fields)[number];
  const value = (): number => least + random.integer(most - least + 1);
  const step = random.percent(25) ? `/${1 + random.integer(9)}` : '';
  if (names.length > 0 && random.percent(20)) return random.pick(names) + step;
  if (random.percent(40)) return value() + step;
  if (random.percent(30)) return `*${step}`;
  const [low, high] = [value(), value()].sort((a, b) => a - b);
  return `${low}-${high}${step}`;
}
