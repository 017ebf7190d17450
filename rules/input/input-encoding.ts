import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputEncoding: Rule<'Document'> = {
  id: 'input-encoding',
  code: 'PP004',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'a file that is not UTF-8',
  why: 'Bytes that are no UTF-8 are read differently, or not at all, by each tool on the way to the cluster.',
  docs: 'https://yaml.org/spec/1.2.2/#52-character-encodings',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: { name: caf\ufffd }\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['encoding']),
};
