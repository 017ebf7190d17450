import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputNotAnObject: Rule<'Document'> = {
  id: 'input-not-an-object',
  code: 'PP009',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'a manifest without apiVersion or kind',
  why: 'The API server cannot tell what it is, so nothing in it takes effect.',
  docs: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields',
  bad: 'kind: NodePool\nmetadata: { name: general }\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['not-an-object']),
};
