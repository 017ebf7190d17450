import { MAX_TEXT } from '../../src/document/parse.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputTooLarge: Rule<'Document'> = {
  id: 'input-too-large',
  code: 'PP006',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'a file larger than any manifest',
  why: 'The API server takes objects of 3 MiB at most; a larger file is something else, and reading it would take unbounded time.',
  docs: 'https://kubernetes.io/docs/concepts/configuration/configmap/#motivation',
  // Made when asked for: nobody needs 24 MiB of it otherwise.
  get bad() {
    return `# ${'x'.repeat(MAX_TEXT)}\n`;
  },
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['too-large']),
};
