import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputNul: Rule<'Document'> = {
  id: 'input-nul',
  code: 'PP005',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'a NUL character in a text file',
  why: 'It is no text file, or half of one: what follows the NUL would be lost in some tools.',
  docs: 'https://yaml.org/spec/1.2.2/#51-character-set',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: "\0"\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['nul']),
};
