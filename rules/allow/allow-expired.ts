import type { Rule } from '../../src/lint/rule.ts';

export const allowExpired: Rule<'Allow'> = {
  id: 'allow-expired',
  code: 'PP012',
  on: 'Allow',
  effect: 'advice',
  severity: 'warning',
  profiles: { minimal: 'warning' },
  summary: 'a suppression past its day',
  why: 'Its author wanted it to end. What it silenced is reported again.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/suppressions.md',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {} # poolproof: allow limits-missing until: 2020-01-31 -- sandbox\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {} \n',

  *check({ directive: { at, until } }, { now }) {
    if (until === undefined) return;
    const isDate = /^\d{4}-\d{2}-\d{2}$/.test(until) && !Number.isNaN(Date.parse(until));
    if (!isDate) yield { at, message: `until: "${until}" is no date such as 2027-01-31` };
    else if (Date.parse(until) + DAY <= now)
      yield { at, message: `this suppression ended on ${until}; what it silenced is reported again` };
  },
};

const DAY = 24 * 60 * 60 * 1000;
