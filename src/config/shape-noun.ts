import type { Shape } from '../lint/shape.ts';

/** Words of a closed list that a message names; beyond it only near ones are. */
const NAMED = 12;

/** What a setting takes, in words. */
export function nounOf(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return shape.means;
    case 'word':
      return wordNoun(shape.of, shape.are);
    case 'flag':
      return 'true or false';
    case 'number':
      return `${shape.isWhole ? 'a whole number' : 'a number'}${shape.least === undefined ? '' : `, ${shape.least} or more`}`;
    case 'list':
      return `a list, each item ${nounOf(shape.item)}`;
    case 'map':
      return 'a mapping';
    case 'record':
      return `a mapping with ${Object.keys(shape.keys).length <= NAMED ? Object.keys(shape.keys).join(', ') : 'known keys'}`;
    case 'either':
      return shape.of.map(nounOf).join(', or ');
    case 'any':
      return 'anything';
  }
}

function wordNoun(words: readonly string[], are: 'rule' | undefined): string {
  if (are === 'rule') return 'the id of a rule';
  return words.length <= NAMED ? `one of ${words.join(', ')}` : 'one of a closed list';
}
