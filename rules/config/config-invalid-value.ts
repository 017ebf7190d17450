import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from '../input/input-problem.ts';

export const configInvalidValue: Rule<'Document'> = {
  id: 'config-invalid-value',
  code: 'PP022',
  on: 'Document',
  effect: 'inert',
  severity: 'error',
  fix: 'safe',
  summary: 'a setting that is not one of what it may be',
  why: 'The run would judge for a cluster, a profile or a date that does not exist.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/configuration.md',
  bad: `
    karpenterVersion: 2.7
  `,
  good: `
    karpenterVersion: "1.15"
  `,

  check: (document) => problemsOf(document, ['config-invalid-value']),
};
