import type { Document } from '../../src/document/document.ts';
import { type MapNode, toPlain } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { knownRemovers } from './known-removers.ts';

export const startupTaintNoRemover: Rule<'NodePool'> = {
  id: 'startup-taint-no-remover',
  code: 'PP602',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a startup taint that nothing removes',
  why: 'Karpenter never removes a startup taint: the agent that it waits for must. Without one the node never initialises: pods stay out, and it is neither consolidated nor replaced.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecstartuptaints',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { startupTaints: [{ key: example.com/not-ready, effect: NoSchedule }] } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { startupTaints: [{ key: node.cilium.io/agent-not-ready, effect: NoExecute }] } }
  `,

  *check({ template, node }, { settings, context }) {
    const { removers = [] } = settings as { readonly removers?: readonly string[] };
    for (const { key } of template.startupTaints ?? []) {
      if (!key || knownRemovers.has(key.value) || removers.includes(key.value)) continue;
      const isKarpenters = key.value.split('/')[0] === 'karpenter.sh';
      if (!isKarpenters && context.documents.some((document) => mentions(document, key.value, node))) continue;
      yield {
        at: key.at,
        message: isKarpenters
          ? `"${key.value}" is Karpenter's own taint: as a startup taint it is never removed`
          : `no agent is known that removes "${key.value}": the node would never initialise`,
        ...(isKarpenters && { severity: 'error' as const }),
      };
    }
  },
};

/** Whether some other object in view speaks of the taint: an agent's arguments, its configuration. */
function mentions({ objects, source }: Document, key: string, pool: MapNode): boolean {
  // Objects of a cluster have no text.
  const textOf = (node: MapNode): string =>
    source.text === '' ? JSON.stringify(toPlain(node)) : source.text.slice(node.start, node.end);
  return objects.some(({ node, kind }) => node !== pool && kind !== 'NodePool' && textOf(node).includes(key));
}
