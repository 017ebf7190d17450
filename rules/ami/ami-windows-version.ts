import { atLeast } from '../../src/algebra/version.ts';
import type { JudgedObject } from '../../src/context/context.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import { find, ScalarNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { ec2NodeClass } from '../../src/model/ec2-node-class.ts';
import { conditionFinding } from '../schema/condition-finding.ts';
import { claimed } from '../schema/routing.ts';

export const amiWindowsVersion: Rule<'Object'> = {
  id: 'ami-windows-version',
  code: 'PP709',
  on: 'Object',
  effect: 'inert',
  severity: 'error',
  fix: 'safe',
  summary: 'a Windows alias that has no image',
  why: 'Windows images are published as latest only, and Windows 2025 from Kubernetes 1.35 on. The API refuses the first mistake; the second leaves the class without AMIs and its pools without nodes.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiSelectorTerms: [{ alias: windows2022@v20250807 }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec:
      role: karpenter-node
      subnetSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      securityGroupSelectorTerms: [{ tags: { karpenter.sh/discovery: main } }]
      amiSelectorTerms: [{ alias: windows2022@latest }]
  `,

  *check(judged, { target }) {
    for (const violation of claimed(judged, 'ami-windows-version')) {
      const node = find(judged.object.node, violation.path);
      if (violation.kind !== 'condition') continue;
      const finding = conditionFinding(judged, violation);
      const written = node instanceof ScalarNode ? String(node.value) : '';
      const latest = `${written.split('@')[0]}@latest`;
      yield {
        ...finding,
        effect: 'rejected',
        ...(node && { fixes: [{ title: `write ${latest}`, safety: 'safe', ops: [{ op: 'set', at: node.at, value: latest }] }] }),
      };
    }
    if (target.kubernetesVersion !== undefined && !atLeast(target.kubernetesVersion, '1.35'))
      yield* tooEarly(judged, target.kubernetesVersion);
  },
};

function* tooEarly({ object }: JudgedObject, kubernetesVersion: string): Iterable<Finding> {
  if (object.kind !== 'EC2NodeClass') return;
  for (const { alias } of ec2NodeClass(object.node).amiSelectorTerms ?? []) {
    if (alias?.value !== 'windows2025@latest') continue;
    yield {
      at: alias.at,
      check: 'RT-EC-06',
      message: `Windows 2025 needs Kubernetes >= 1.35 (target is ${kubernetesVersion}): the class reports UnsupportedAlias`,
    };
  }
}
