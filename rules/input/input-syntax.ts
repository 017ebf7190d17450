import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputSyntax: Rule<'Document'> = {
  id: 'input-syntax',
  code: 'PP001',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'a document that is not YAML',
  why: 'Nothing of it can be judged, and nothing of it can be applied.',
  docs: 'https://yaml.org/spec/1.2.2/',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: [1, 2\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['syntax', 'unknown-alias']),
};
