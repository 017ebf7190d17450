import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from '../input/input-problem.ts';

export const configUnknownKey: Rule<'Document'> = {
  id: 'config-unknown-key',
  code: 'PP020',
  on: 'Document',
  effect: 'inert',
  severity: 'error',
  fix: 'safe',
  summary: 'a key that the configuration does not have',
  why: 'A misspelt or misplaced key sets nothing. The run would go on with a default that its author believes changed.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/configuration.md',
  bad: `
    kubernetes-version: "1.34"
  `,
  good: `
    kubernetesVersion: "1.34"
  `,

  check: (document) => problemsOf(document, ['config-unknown-key']),
};
