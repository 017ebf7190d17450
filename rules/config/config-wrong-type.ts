import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from '../input/input-problem.ts';

export const configWrongType: Rule<'Document'> = {
  id: 'config-wrong-type',
  code: 'PP021',
  on: 'Document',
  effect: 'inert',
  severity: 'error',
  summary: 'a setting of the wrong form',
  why: 'A list where one value is meant, or text where true or false is, has no meaning that could be guessed safely.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/configuration.md',
  bad: `
    zones: eu-west-1a
  `,
  good: `
    zones: [eu-west-1a]
  `,

  check: (document) => problemsOf(document, ['config-wrong-type']),
};
