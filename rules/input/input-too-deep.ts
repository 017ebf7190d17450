import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputTooDeep: Rule<'Document'> = {
  id: 'input-too-deep',
  code: 'PP007',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'nesting deeper than any manifest',
  why: 'No Kubernetes object nests like this; parsers on the way to the cluster stop at limits of their own.',
  docs: 'https://yaml.org/spec/1.2.2/',
  bad: `apiVersion: karpenter.sh/v1
kind: NodePool
spec: ${'['.repeat(1200)}${']'.repeat(1200)}`,
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['too-deep']),
};
