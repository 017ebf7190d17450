import type { Context } from '../../src/context/context.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { text } from '../../src/model/decode.ts';
import type { Located } from '../../src/text/place.ts';
import { selectorTags } from './selector-tags.ts';

export const selectorDiscoveryMismatch: Rule<'Context', { discovery: string }> = {
  id: 'selector-discovery-mismatch',
  code: 'PP1107',
  on: 'Context',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  parameters: { discovery: { default: '', says: "Value of karpenter.sh/discovery, where it is not the cluster's name." } },
  fix: 'unsafe',
  summary: 'classes that discover another cluster than theirs',
  why: 'Nodes of one class land in the network of another cluster, or the class finds nothing and is not Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specsubnetselectorterms',
  bad: `
    # closed-world
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: shpo } }]
  `,
  good: `
    # closed-world
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: shop } }]
  `,

  *check(context, { target: { closedWorld } }, { discovery }) {
    const uses = context.nodeClasses.flatMap((nodeClass) =>
      selectorTags(nodeClass).flatMap(({ key, value }) => (key.value === 'karpenter.sh/discovery' ? [value] : [])),
    );
    const used = new Set(uses.map(({ value }) => value));
    const named = discovery === '' ? clusterIn(context) : { value: discovery };
    // Of several clusters in view the values and the classes may belong to different ones.
    const wanted = closedWorld || used.size === 1 ? named : undefined;
    const expected = wanted?.value ?? (closedWorld ? usual(uses) : undefined);
    if (expected === undefined) return;
    for (const use of uses) {
      if (use.value === expected) continue;
      yield {
        at: use.at,
        ...(!closedWorld && { severity: 'warning' as const, assumptions: ['the values in view are of the same cluster'] }),
        message: wanted
          ? `discovery "${use.value}", but the cluster is "${expected}": the class finds the network of another cluster, or none`
          : `discovery "${use.value}" here, "${expected}" elsewhere: one of the two finds the network of another cluster, or none`,
        ...(wanted && 'at' in wanted && { related: [{ at: wanted.at, message: "the cluster's name in the chart's values" }] }),
        evidence: { kind: 'sets', of: { discovery: [...used] } },
        fixes: [{ title: `write "${expected}"`, safety: 'unsafe', ops: [{ op: 'set', at: use.at, value: expected }] }],
      };
    }
  },
};

/** The name that the chart's values in view agree on. */
function clusterIn(context: Context): Located<string> | undefined {
  const names = context.all('ChartValues').flatMap(({ settings }) => text(settings, 'clusterName') ?? []);
  const [first, ...others] = names;
  return first && first.value !== '' && others.every(({ value }) => value === first.value) ? first : undefined;
}

/** What most of them say, if they do not all say the same. */
function usual(uses: readonly Located<string>[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { value } of uses) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [most, ...others] = [...counts].sort(([, a], [, b]) => b - a);
  return others.length > 0 ? most?.[0] : undefined;
}
