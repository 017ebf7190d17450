import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from '../input/input-problem.ts';

export const configUnknownRule: Rule<'Document'> = {
  id: 'config-unknown-rule',
  code: 'PP024',
  on: 'Document',
  effect: 'inert',
  severity: 'error',
  fix: 'safe',
  summary: 'a setting for a rule that does not exist',
  why: 'It changes nothing, and the rule that was meant keeps its level.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/configuration.md',
  bad: `
    rules:
      limit-missing: error
  `,
  good: `
    rules:
      limits-missing: error
  `,

  check: (document) => problemsOf(document, ['config-unknown-rule']),
};
