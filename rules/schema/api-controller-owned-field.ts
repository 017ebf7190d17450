import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import { MapNode, type Node, ScalarNode, SeqNode } from '../../src/document/node.ts';
import { isKarpenters } from '../../src/document/objects.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { child, map } from '../../src/model/decode.ts';

export const apiControllerOwnedField: Rule<'Manifest'> = {
  id: 'api-controller-owned-field',
  code: 'PP112',
  on: 'Manifest',
  effect: 'advice',
  severity: 'info',
  fix: 'safe',
  summary: 'a field that only the controller writes, copied from a cluster',
  why: 'It comes from kubectl get -o yaml and says how another object once was. A stale hash applied over a live object confuses drift detection until the controller writes it again.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#drift',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata:
      name: general
      annotations: { karpenter.sh/nodepool-hash: "6821555240594823858" }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata:
      name: general
  `,

  *check({ apiVersion, kind, node }) {
    // An object that never was in a file is not copied from a cluster: it is in one.
    if (node.start < 0 || !isKarpenters(apiVersion, kind)) return;
    const metadata = map(node, 'metadata');
    const status = child(node, 'status');
    if (status && !isEmpty(status)) yield owned(status, 'status');
    yield* finalizers(child(metadata, 'finalizers'));
    for (const field of ['annotations', 'labels']) {
      for (const { key, value } of map(metadata, field)?.entries ?? []) {
        if (controllers.test(String(key.value))) yield owned(value, String(key.value));
      }
    }
  },
};

const controllers =
  /^(?:karpenter\.(?:sh|k8s\.aws)\/[a-z0-9-]*hash(?:-version)?|karpenter\.sh\/(?:nodeclaim-[a-z-]+|reboot-[a-z-]+|requested-dra-drivers|initialized|registered)|compatibility\.karpenter\.(?:sh|k8s\.aws)\/.+)$/;

function isEmpty(node: Node): boolean {
  return (node instanceof MapNode && node.entries.length === 0) || (node instanceof ScalarNode && node.value === null);
}

function* finalizers(list: Node | undefined): Iterable<Finding> {
  if (!(list instanceof SeqNode)) return;
  for (const item of list.items) {
    const name = item instanceof ScalarNode ? item.value : undefined;
    if (name === 'karpenter.sh/termination' || name === 'karpenter.k8s.aws/termination')
      yield { ...owned(item, `the finalizer ${name}`), at: item.at };
  }
}

function owned(node: Node, what: string): Finding {
  return {
    at: node.keyAt,
    message: `${what} is written by Karpenter and does not belong in a manifest`,
    fixes: [{ title: 'remove it', safety: 'safe', ops: [{ op: 'remove', at: node.at }] }],
  };
}
