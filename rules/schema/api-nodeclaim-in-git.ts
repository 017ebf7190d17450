import { groupOf } from '../../src/document/objects.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { child, map } from '../../src/model/decode.ts';

export const apiNodeclaimInGit: Rule<'Manifest'> = {
  id: 'api-nodeclaim-in-git',
  code: 'PP113',
  on: 'Manifest',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a NodeClaim, or a node of Karpenter, among manifests to apply',
  why: 'Karpenter makes NodeClaims itself and never changes them. One that is applied by hand launches a machine beside all pool limits and budgets, and each sync asks for it again.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclaims/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodeClaim
    metadata: { name: by-hand }
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
      requirements: []
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,

  *check({ apiVersion, kind, node }) {
    if (kind !== 'NodeClaim' && kind !== 'Node') return;
    const metadata = map(node, 'metadata');
    // What a cluster handed out is a fact about the fleet, and nobody's manifest.
    if (node.start < 0 || child(metadata, 'uid')) return;
    const at = child(node, 'kind')?.at ?? node.keyAt;
    if (kind === 'NodeClaim' && groupOf(apiVersion) === 'karpenter.sh')
      yield {
        at,
        message: 'NodeClaims are made by Karpenter: one that is applied launches a machine outside every pool limit and budget',
      };
    if (kind === 'Node' && apiVersion === 'v1' && child(map(metadata, 'labels'), 'karpenter.sh/nodepool'))
      yield { at, message: 'a Node with the label karpenter.sh/nodepool is made by Karpenter and cannot be applied' };
  },
};
