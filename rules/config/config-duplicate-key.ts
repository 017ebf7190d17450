import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from '../input/input-problem.ts';

export const configDuplicateKey: Rule<'Document'> = {
  id: 'config-duplicate-key',
  code: 'PP026',
  on: 'Document',
  effect: 'inert',
  severity: 'error',
  summary: 'a key that is written twice',
  why: 'Only one of the two can hold, and readers take the one that they see first.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/configuration.md',
  bad: `
    profile: production
    profile: dev
  `,
  good: `
    profile: production
  `,

  check: (document) => problemsOf(document, ['config-duplicate-key']),
};
