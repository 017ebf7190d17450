import type { Rule } from '../../src/lint/rule.ts';

export const allowUnused: Rule<'Allow'> = {
  id: 'allow-unused',
  code: 'PP013',
  on: 'Allow',
  effect: 'advice',
  severity: 'warning',
  profiles: { minimal: 'warning' },
  summary: 'a suppression that silences nothing',
  why: 'What it was written for is gone. Left in place it will silence the next mistake of its kind.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/suppressions.md',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {} # poolproof: allow imds-tokens-optional -- legacy agent\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {} \n',

  *check({ directive: { at, reason, rules, until }, used, ran }, { now }) {
    if (reason === undefined || (until !== undefined && !(Date.parse(until) + DAY > now))) return;
    for (const { id, span } of rules) {
      if (ran.has(id) && !used.has(id))
        yield { at: span ? { ...at, span } : at, message: `"${id}" finds nothing here: remove the suppression` };
    }
  },
};

const DAY = 24 * 60 * 60 * 1000;
