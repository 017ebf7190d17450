import { groupOf } from '../../src/document/objects.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { map, text } from '../../src/model/decode.ts';

export const apiNamespaced: Rule<'Manifest'> = {
  id: 'api-namespaced',
  code: 'PP115',
  on: 'Manifest',
  effect: 'advice',
  severity: 'info',
  fix: 'safe',
  summary: 'a namespace on an object that has none',
  why: 'The API server passes over it, but tools that tell objects apart by namespace take one pool for two, or prune it when the namespace goes.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general, namespace: karpenter }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
  `,

  *check({ apiVersion, kind, node }) {
    if (!clusterScoped.has(`${groupOf(apiVersion)} ${kind}`)) return;
    const namespace = text(map(node, 'metadata'), 'namespace');
    if (!namespace || namespace.value === '') return;
    yield {
      at: namespace.keyAt,
      message: `a ${kind} belongs to the cluster and not to the namespace "${namespace.value}"`,
      fixes: [{ title: 'remove the namespace', safety: 'safe', ops: [{ op: 'remove', at: namespace.at }] }],
    };
  },
};

const clusterScoped: ReadonlySet<string> = new Set([
  'karpenter.sh NodePool',
  'karpenter.sh NodeClaim',
  'karpenter.sh NodeOverlay',
  'karpenter.k8s.aws EC2NodeClass',
]);
