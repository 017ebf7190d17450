import type { Rule } from '../../src/lint/rule.ts';

export const selectorTooBroad: Rule<'EC2NodeClass', { clusterTagKeys: readonly string[] }> = {
  id: 'selector-too-broad',
  code: 'PP1106',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: { clusterTagKeys: { default: [], says: 'Tag keys that tell the clusters of this account apart.' } },
  summary: 'a selector that names no cluster',
  why: 'It also picks up subnets and groups of other clusters, or public ones. Each new match drifts nodes.',
  docs: 'https://karpenter.sh/docs/reference/threat-model/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { Environment: prod } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
  `,
  cel: `
    (variables.subnetSelectorTerms + variables.securityGroupSelectorTerms).all(
      t,
      !has(t.tags)
        || has(t.id)
        || has(t.name)
        || t.tags.exists(
          k,
          k in params.clusterTagKeys
            || (
              !k.matches(r'(?i)^(environment|env|stage|team|owner|tier|type|network|visibility|kubernetes\\.io/role/(internal-)?elb)$')
                && t.tags[k] != '*'
            )
        )
    )
  `,

  *check({ subnetSelectorTerms, securityGroupSelectorTerms }, _world, { clusterTagKeys }) {
    for (const { tags, id, name } of [...(subnetSelectorTerms ?? []), ...(securityGroupSelectorTerms ?? [])]) {
      if (!tags || id || name) continue;
      const isBroad = tags.items.every(
        ({ key, value }) => !clusterTagKeys.includes(key.value) && (generic.test(key.value) || value.value === '*'),
      );
      if (!isBroad) continue;
      const said = tags.items.map(({ key, value }) => `${key.value}: ${value.value}`).join(', ');
      yield {
        at: tags.at,
        message:
          said === ''
            ? 'no tag at all: every subnet or group in reach matches'
            : `"${said}" names no cluster: what belongs to another one matches as well`,
      };
    }
  },
};

const generic = /^(?:environment|env|stage|team|owner|tier|type|network|visibility|kubernetes\.io\/role\/(?:internal-)?elb)$/i;
