import type { Document } from '../../src/document/document.ts';
import { MapNode, type Node, ScalarNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Place } from '../../src/text/place.ts';
import { problemsOf } from '../input/input-problem.ts';

export const apiDuplicateKey: Rule<'Document'> = {
  id: 'api-duplicate-key',
  code: 'PP110',
  on: 'Document',
  effect: 'dropped',
  severity: 'error',
  summary: 'one key written twice in one mapping',
  why: 'Strict clients refuse the object. For all others the last one wins without a word, and what stood under the first is lost: the usual end of a merge that joined two blocks.',
  docs: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      limits: { cpu: 100 }
      limits: { memory: 100Gi }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      limits: { cpu: 100, memory: 100Gi }
  `,

  *check(document) {
    for (const finding of problemsOf(document, ['duplicate-key'])) yield { ...finding, at: withObject(document, finding.at) };
  },
};

/** The reader of documents knows the text only; which object the key belongs to is known once they are told apart. */
function withObject({ objects }: Document, at: Place): Place {
  const start = at.span?.start ?? -1;
  const object = objects.find(({ node }) => node.start <= start && start < node.end);
  const key = object && keyAt(object.node, start);
  return key ? { ...key.at, ...(at.span && { span: at.span }) } : at;
}

/** The key that begins at an offset. */
function keyAt(node: Node, start: number): ScalarNode | undefined {
  if (node instanceof ScalarNode || start < node.start || start >= node.end) return undefined;
  if (!(node instanceof MapNode)) return first(node.items, (item) => keyAt(item, start));
  return first(node.entries, ({ key, value }) => (key.start === start ? key : keyAt(value, start)));
}

function first<T, R>(list: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of list) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
