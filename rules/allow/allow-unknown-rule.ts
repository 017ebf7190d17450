import { nearestWords } from '../../src/algebra/nearest-word.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const allowUnknownRule: Rule<'Allow'> = {
  id: 'allow-unknown-rule',
  code: 'PP011',
  on: 'Allow',
  effect: 'advice',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'a suppression of a rule that does not exist',
  why: 'A mistyped id silences nothing, and hides that what it was written for is still reported, or no longer checked.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/suppressions.md',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {} # poolproof: allow limit-missing -- sandbox\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {} \n',

  *check({ directive: { at, rules } }, { ruleIds }) {
    for (const { id, span } of rules) {
      if (ruleIds.has(id)) continue;
      const [near] = nearestWords(id, ruleIds);
      const place = span ? { ...at, span } : at;
      yield {
        at: place,
        message: `there is no rule "${id}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
        ...(near !== undefined && {
          fixes: [{ title: `write "${near}"`, safety: 'safe' as const, ops: [{ op: 'text' as const, at: place, text: near }] }],
        }),
      };
    }
  },
};
