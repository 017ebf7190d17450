import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from '../input/input-problem.ts';

export const configAllowExpired: Rule<'Document'> = {
  id: 'config-allow-expired',
  code: 'PP027',
  on: 'Document',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'warning' },
  summary: 'an accepted finding past its day',
  why: 'Its author wanted it to end. What it silenced is reported again.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/configuration.md',
  bad: `
    allow:
      - { rule: limits-missing, paths: [sandbox], reason: cleaned up in spring, until: 2020-01-31 }
  `,
  good: `
    allow:
      - { rule: limits-missing, paths: [sandbox], reason: nothing there costs money }
  `,

  check: (document) => problemsOf(document, ['config-allow-expired']),
};
