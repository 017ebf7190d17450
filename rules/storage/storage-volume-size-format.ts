import type { Context, JudgedObject } from '../../src/context/context.ts';
import type { Finding, Fix } from '../../src/diagnostic/diagnostic.ts';
import { find, type Node, ScalarNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { claimed } from '../schema/routing.ts';
import { spotAt } from '../schema/spot.ts';

export const storageVolumeSizeFormat: Rule<'Object'> = {
  id: 'storage-volume-size-format',
  code: 'PP1013',
  on: 'Object',
  effect: 'rejected',
  severity: 'error',
  fix: 'unsafe',
  summary: 'a volume size that is not one',
  why: 'The API takes whole numbers with Gi, G, Ti or T and refuses everything else, among it a few sizes that its pattern forgot. A bare unit it lets pass: Karpenter then counts with a disk of nothing and asks EC2 for one.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100 } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiSelectorTerms: [{ alias: al2023@v20250807 }]
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi } }]
  `,

  *check(judged, { context }) {
    const { object } = judged;
    for (const { path } of claimed(judged, 'storage-volume-size-format')) {
      const node = find(object.node, path);
      const written = node instanceof ScalarNode ? node.source || String(node.value) : 'this';
      const fix = node && instead(node, written);
      yield {
        at: spotAt(object.node, path),
        message: `volumeSize ${written} is not a whole number with Gi (1 to 59000), G (to 64000), Ti (to 58, without 18 and 19, 28 and 29 and so on) or T (to 64)`,
        ...(fix && { fixes: [fix] }),
      };
    }
    yield* bareUnits(judged, context);
  },
};

function instead(node: Node, written: string): Fix | undefined {
  const [, number, unit] = /^(\d+)\s*(Ti|)$/.exec(written.trim()) ?? [];
  if (number === undefined) return undefined;
  // A size that the pattern forgot can be written in the smaller unit; a bare number is a guess.
  const value = unit === 'Ti' ? `${Number(number) * 1024}Gi` : `${number}Gi`;
  return { title: `write ${value}`, safety: unit === 'Ti' ? 'drifts' : 'unsafe', ops: [{ op: 'set', at: node.at, value }] };
}

function* bareUnits({ object }: JudgedObject, { nodeClassOf }: Context): Iterable<Finding> {
  if (object.kind !== 'EC2NodeClass') return;
  for (const { ebs } of nodeClassOf(object).blockDeviceMappings ?? []) {
    const size = ebs?.volumeSize;
    if (size?.value !== 'Ti' && size?.value !== 'T') continue;
    yield {
      at: size.at,
      check: 'RT-EC-25',
      effect: 'inert',
      message: `volumeSize "${size.value}" has no number: the API takes it, Karpenter counts with a disk of nothing and EC2 refuses it`,
    };
  }
}
