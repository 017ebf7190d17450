import type { Rule } from '../../src/lint/rule.ts';
import { problemsOf } from './input-problem.ts';

export const inputAliasBomb: Rule<'Document'> = {
  id: 'input-alias-bomb',
  code: 'PP008',
  on: 'Document',
  effect: 'rejected',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'aliases that expand without measure',
  why: 'A few lines of aliases can stand for millions of values; kubectl refuses such documents.',
  docs: 'https://yaml.org/spec/1.2.2/#71-alias-nodes',
  bad: bomb(),
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {}\n',

  check: (document) => problemsOf(document, ['alias-bomb']),
};

/** Each level doubles the one before it. */
function bomb(): string {
  const levels = Array.from({ length: 20 }, (_, level) => `  a${level + 1}: &a${level + 1} [*a${level}, *a${level}]`);
  return ['apiVersion: karpenter.sh/v1', 'kind: NodePool', 'spec:', '  a0: &a0 [0, 0]', ...levels, ''].join('\n');
}
