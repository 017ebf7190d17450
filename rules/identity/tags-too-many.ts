import type { Rule } from '../../src/lint/rule.ts';

export const tagsTooMany: Rule<'EC2NodeClass'> = {
  id: 'tags-too-many',
  code: 'PP1204',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'tags that EC2 refuses',
  why: 'EC2 takes 50 tags on a resource, keys of 128 and values of 256 characters, and none that begins with "aws:". Launches fail with what the API has accepted.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#spectags',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      tags: { "aws:team": shop }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      tags: { team: shop }
  `,
  cel: `
    size(variables.tags) <= 43
    && variables.tags.all(k, !k.matches('(?i)^aws:') && size(k) <= 128 && size(variables.tags[k]) <= 256)
  `,

  *check({ tags }) {
    if (!tags) return;
    if (tags.items.length + OWN > MOST)
      yield { at: tags.keyAt, message: `${tags.items.length} tags, and Karpenter adds ${OWN}: EC2 takes ${MOST}` };
    for (const { key, value } of tags) {
      if (/^aws:/i.test(key.value)) yield { at: key.at, message: `"${key.value}": keys that begin with "aws:" belong to AWS` };
      else if (key.value.length > 128) yield { at: key.at, message: `a key of ${key.value.length} characters; EC2 takes 128` };
      if (value.value.length > 256) yield { at: value.at, message: `a value of ${value.value.length} characters; EC2 takes 256` };
    }
  },
};

const MOST = 50;

/** Tags that Karpenter puts on an instance itself. */
const OWN = 7;
