import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from '../input/input-problem.ts';

export const configMissingKey: Rule<'Document'> = {
  id: 'config-missing-key',
  code: 'PP023',
  on: 'Document',
  effect: 'inert',
  severity: 'error',
  summary: 'a part of the configuration without a key that it needs',
  why: 'An accepted finding without a reason, or an override that says nothing of where it holds, would silence more than its author can answer for.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/configuration.md',
  bad: `
    allow:
      - rule: limits-missing
        paths: [sandbox]
  `,
  good: `
    allow:
      - rule: limits-missing
        paths: [sandbox]
        reason: nothing there costs money
  `,

  check: (document) => problemsOf(document, ['config-missing-key']),
};
