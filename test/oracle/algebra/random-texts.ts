import type { Question } from './question.ts';
import type { Random } from './random.ts';
import { patterns } from './sort-patterns.ts';

const suffixes = ['', '', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const junk = ['K', 'i', 'mm', 'ki', 'Kii', 'e', 'E+', ' ', 'x', '-', '5', '.', 'e1.5'];
/** Kubernetes would take for ever over these, and we refuse them. */
const hugeExponent = /[eE][+-]?0*[1-9][0-9]{3}/;
const units = ['ns', 'us', '\u00b5s', '\u03bcs', 'ms', 's', 'm', 'h'];
const labelCharacters = ['a', 'b', 'Z', '0', '9', '-', '_', '.'];

export function quantityQuestion(random: Random): Question {
  return ['quantity', quantityText(random)];
}

/** Both sides must be quantities; the generator knows the grammar well enough. */
export function sumQuestion(random: Random): Question {
  return ['sum', validQuantity(random), validQuantity(random)];
}

export function durationQuestion(random: Random): Question {
  const part = (): string => {
    const number = random.percent(95) ? digits(random, 1, 4) : digits(random, 0, 22);
    const fraction = random.percent(30) ? `.${digits(random, 0, random.percent(80) ? 4 : 25)}` : '';
    return number + fraction + (random.percent(94) ? random.pick(units) : random.pick(['', 'd', 'H', ' ', 'sec', 'S']));
  };
  const sign = random.pick(['', '', '', '', '-', '+']);
  return [
    'duration',
    random.percent(3) ? random.pick(['', '0', '-0', '+', '.', '1', '.s']) : sign + random.some(1, 3, part).join(''),
  ];
}

export function labelQuestion(random: Random): Question {
  const characters = random.percent(85) ? labelCharacters : [...labelCharacters, ' ', '/', '\u00e9', '\u20ac', '\u{1f600}', '\n'];
  const name = random.some(0, random.percent(80) ? 6 : 70, () => random.pick(characters)).join('');
  const label = (): string => random.some(1, random.percent(95) ? 5 : 70, () => random.pick(['a', 'b', '7', '-'])).join('');
  const prefix = random.some(1, random.percent(95) ? 3 : 60, label).join('.');
  return ['label', random.pick([name, name, prefix, `${prefix}/${name}`, `${prefix}/${name}`, `/${name}`])];
}

export function sortQuestion(random: Random): Question {
  const length = random.pick([random.integer(60), random.integer(300), random.integer(3001)]);
  return ['sort', length, random.pick(patterns), random.integer(2 ** 31)];
}

function quantityText(random: Random): string {
  const text = validQuantity(random);
  const at = random.integer(text.length + 1);
  const spoilt = text.slice(0, at) + random.pick(junk) + text.slice(at);
  return random.percent(85) || hugeExponent.test(spoilt) ? text : spoilt;
}

function validQuantity(random: Random): string {
  const length = random.percent(85) ? 4 : 24;
  const whole = digits(random, 0, length);
  const fraction = random.percent(40) ? digits(random, whole === '' ? 1 : 0, random.percent(85) ? 4 : 14) : undefined;
  const number = whole + (fraction === undefined ? (whole === '' ? '7' : '') : `.${fraction}`);
  const exponent = (): string =>
    random.pick(['e', 'E']) + random.pick(['', '+', '-']) + random.integer(random.percent(80) ? 12 : 60);
  return random.pick(['', '', '', '-', '+']) + number + (random.percent(80) ? random.pick(suffixes) : exponent());
}

/** Zeros are frequent: they decide about the canonical form. */
function digits(random: Random, least: number, most: number): string {
  return random.some(least, most, () => (random.percent(35) ? 0 : random.integer(10))).join('');
}
