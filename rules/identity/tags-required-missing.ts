import type { Rule } from '../../src/lint/rule.ts';

export const tagsRequiredMissing: Rule<'EC2NodeClass'> = {
  id: 'tags-required-missing',
  code: 'PP1203',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a node class without the tags that are asked for',
  why: 'What carries no tag belongs to nobody on the bill.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#spectags',
  bad: `
    # settings: {"requiredTags": [{"key": "cost-center"}]}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      tags: { team: shop }
  `,
  good: `
    # settings: {"requiredTags": [{"key": "cost-center"}]}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      tags: { team: shop, cost-center: "4711" }
  `,
  cel: `
    !has(object.spec)
    || settings.requiredTags == null
    || settings.requiredTags.all(
      t, t.key in variables.tags && (!has(t.pattern) || variables.tags[t.key].matches('^(?:' + t.pattern + ')$'))
    )
  `,

  *check({ tags, spec }, { settings }) {
    const { requiredTags = [] } = settings as {
      readonly requiredTags?: readonly { readonly key: string; readonly pattern?: string }[];
    };
    for (const { key, pattern } of requiredTags) {
      const value = tags?.get(key);
      if (!value && spec) yield { at: tags?.keyAt ?? spec.keyAt, message: `tag "${key}" is required` };
      else if (value && pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value.value))
        yield { at: value.at, message: `tag "${key}" is "${value.value}", which does not match ${pattern}` };
    }
  },
};
