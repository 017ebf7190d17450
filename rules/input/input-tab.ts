import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputTab: Rule<'Document'> = {
  id: 'input-tab',
  code: 'PP002',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'a tab where YAML wants spaces',
  why: 'YAML forbids tabs in indentation: every client stops at the first one.',
  docs: 'https://yaml.org/spec/1.2.2/#61-indentation-spaces',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec:\n\tweight: 10\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['tab']),
};
