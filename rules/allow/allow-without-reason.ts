import type { Rule } from '../../src/lint/rule.ts';

export const allowWithoutReason: Rule<'Allow'> = {
  id: 'allow-without-reason',
  code: 'PP010',
  on: 'Allow',
  effect: 'advice',
  severity: 'error',
  profiles: { minimal: 'error' },
  summary: 'a suppression that gives no reason',
  why: 'A suppression outlives the people who wrote it: without a reason nobody dares to remove it, and nobody can tell whether it still holds. It silences nothing.',
  docs: 'https://github.com/poolproof/poolproof/blob/main/docs/suppressions.md',
  bad: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {} # poolproof: allow limits-missing\n',
  good: 'apiVersion: karpenter.sh/v1\nkind: NodePool\nspec: {} \n',

  *check({ directive: { at, reason, rules, scope } }) {
    if (reason !== undefined) return;
    const ids = rules.map(({ id }) => id).join(', ') || '<rule>';
    const allow = { line: '# poolproof: allow ', file: '# poolproof: allow-file ', object: '' }[scope];
    yield { at, message: `say why: \`${allow}${ids} -- <reason>\`; without a reason it silences nothing` };
  },
};
