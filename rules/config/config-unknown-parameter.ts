import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from '../input/input-problem.ts';

export const configUnknownParameter: Rule<'Document'> = {
  id: 'config-unknown-parameter',
  code: 'PP025',
  on: 'Document',
  effect: 'inert',
  severity: 'error',
  fix: 'safe',
  summary: 'a parameter that the rule does not have',
  why: 'It changes nothing, and the rule judges by its default.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/configuration.md',
  bad: `
    rules:
      disruption-consolidate-after-short: { treshold: 5m }
  `,
  good: `
    rules:
      disruption-consolidate-after-short: { threshold: 5m }
  `,

  check: (document) => problemsOf(document, ['config-unknown-parameter']),
};
