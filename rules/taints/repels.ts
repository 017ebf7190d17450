import { find } from '../../src/document/node.ts';
import { hangsOnPlaceholder } from '../../src/document/placeholder.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

/** Whether nodes of the pool turn pods without a toleration away; true where a placeholder may say so. */
export function repels({ node, template: { taints } }: NodePool): boolean {
  const written = find(node, ['spec', 'template', 'spec', 'taints']);
  if (written && hangsOnPlaceholder(written)) return true;
  return taints?.items.some(({ effect }) => effect?.value === 'NoSchedule' || effect?.value === 'NoExecute') ?? false;
}
