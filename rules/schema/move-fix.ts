import type { Context } from '../../src/context/context.ts';
import type { Fix, Op } from '../../src/diagnostic/diagnostic.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import { find, MapNode, type Node, ScalarNode, toPlain } from '../../src/document/node.ts';
import type { Move } from './moved-fields.ts';

/** The edit that moves a field to where it is now, where one edit does. */
export function moveFix({ node: root, kind }: KubernetesObject, { from }: Move, context: Context): Fix | undefined {
  const node = find(root, from);
  if (!node) return undefined;
  switch (`${kind} ${from.join('.')}`) {
    case 'NodePool spec.disruption.expireAfter':
      return expireAfter(root, node);
    case 'NodePool spec.disruption.consolidationPolicy':
      return consolidationPolicy(root, node);
    case 'NodePool spec.template.spec.resources':
      return { title: 'remove it', safety: 'safe', ops: [{ op: 'remove', at: node.at }] };
    case 'NodePool spec.template.spec.nodeClassRef.apiVersion':
    case 'NodeClaim spec.nodeClassRef.apiVersion':
      return groupOfReference(node);
    case 'NodePool spec.template.spec.kubelet':
      return kubelet(root, node, context);
    default:
      return undefined;
  }
}

function expireAfter(root: MapNode, node: Node): Fix | undefined {
  const template = find(root, ['spec', 'template', 'spec']);
  if (!(template instanceof MapNode) || template.get('expireAfter')) return undefined;
  const insert: Op = { op: 'insert', at: template.at, key: 'expireAfter', value: toPlain(node) };
  return { title: 'move expireAfter to spec.template.spec', safety: 'safe', ops: [insert, { op: 'remove', at: node.at }] };
}

/** What the old policy did, consolidate at once, has to be written out since. */
function consolidationPolicy(root: MapNode, node: Node): Fix {
  const disruption = find(root, ['spec', 'disruption']);
  const rename: Op = { op: 'set', at: node.at, value: 'WhenEmptyOrUnderutilized' };
  const isTimed = !(disruption instanceof MapNode) || disruption.get('consolidateAfter');
  const insert: readonly Op[] = isTimed ? [] : [{ op: 'insert', at: disruption.at, key: 'consolidateAfter', value: '0s' }];
  return { title: 'write WhenEmptyOrUnderutilized', safety: 'safe', ops: [rename, ...insert] };
}

function groupOfReference(node: Node): Fix | undefined {
  const { parent } = node;
  if (!(node instanceof ScalarNode) || !(parent instanceof MapNode)) return undefined;
  if (parent.get('group')) return { title: 'remove apiVersion', safety: 'safe', ops: [{ op: 'remove', at: node.at }] };
  const group = String(node.value).split('/')[0] ?? '';
  return {
    title: `write group: ${group}`,
    safety: 'safe',
    ops: [
      { op: 'remove', at: node.at },
      { op: 'insert', at: parent.at, key: 'group', value: group },
    ],
  };
}

/** Only where no other pool shares the class, and the class says nothing of its own. */
function kubelet(root: MapNode, node: Node, context: Context): Fix | undefined {
  const pool = context.nodePools.find((candidate) => candidate.node === root);
  const nodeClass = pool && context.classOf(pool);
  const spec = nodeClass?.node.get('spec');
  if (!nodeClass || !(spec instanceof MapNode) || nodeClass.kubelet || context.poolsOf(nodeClass).length !== 1) return undefined;
  const insert: Op = { op: 'insert', at: spec.at, key: 'kubelet', value: toPlain(node) };
  return {
    title: `move kubelet to the class "${nodeClass.name?.value}"`,
    safety: 'drifts',
    ops: [insert, { op: 'remove', at: node.at }],
  };
}
