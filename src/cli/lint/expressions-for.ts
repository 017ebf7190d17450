import type { KubernetesObject } from '../../document/document.ts';
import { find, MapNode } from '../../document/node.ts';
import type { Facts } from '../../lint/world.ts';
import { kubeletExpressions } from '../../model/kubelet-expressions.ts';

/** The evaluator of kubelet expressions, if a node class writes one. */
export async function expressionsFor(objects: readonly KubernetesObject[]): Promise<Pick<Facts, 'kubeletExpression'>> {
  const isWritten = objects.some(({ kind, node }) => {
    const kubelet = kind === 'EC2NodeClass' ? find(node, ['spec', 'kubelet']) : undefined;
    return kubelet instanceof MapNode && kubeletExpressions(kubelet).length > 0;
  });
  if (!isWritten) return {};
  const { kubeletExpression } = await import('../../catalog/kubelet-expression.ts');
  return { kubeletExpression };
}
