import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputMergeConflict: Rule<'Document'> = {
  id: 'input-merge-conflict',
  code: 'PP003',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'conflict markers left by a merge',
  why: 'Neither side of the conflict is what somebody decided to apply.',
  docs: 'https://git-scm.com/docs/git-merge#_how_conflicts_are_presented',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\n<<<<<<< HEAD\nspec: {}\n=======\nspec: { weight: 1 }\n>>>>>>> change\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['merge-conflict']),
};
