import type { InstanceType } from '../catalog/instance-type.ts';
import { partsInSpec } from '../context/node-class-facts.ts';
import type { KubernetesObject } from '../document/document.ts';
import { find } from '../document/node.ts';
import { type NodePool, nodePool } from '../model/cluster/node-pool.ts';
import type { Reading } from '../model/cluster/read.ts';
import { knownItems, knownObject, placeholderIn } from './known-part.ts';
import type { Missing } from './proof.ts';
import { type AskedClass, type AskedPool, placeIn } from './question.ts';

export type OfferedTo = (pool: NodePool, nodeClass: AskedClass | undefined) => readonly InstanceType[];

const template = ['spec', 'template', 'spec'];
/** Parts of a pool that decide which pods it takes. */
const deciding = [
  [...template, 'requirements'],
  [...template, 'taints'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'limits'],
];

export function askedPool(
  object: KubernetesObject,
  classes: ReadonlyMap<string, AskedClass>,
  offered: OfferedTo,
  reading: Reading,
): AskedPool | undefined {
  const read = reading.object('NodePool', knownObject(object), nodePool);
  if (!read) return undefined;
  const { name, group, kind } = read.spec.template.nodeClassRef;
  const isOfAws = group === 'karpenter.k8s.aws' && kind === 'EC2NodeClass';
  const nodeClass = isOfAws ? classes.get(name ?? '') : undefined;
  // A static pool is asked about as if pods made it grow.
  const { replicas, ...spec } = read.spec;
  const pool: NodePool = { ...read, spec };
  return {
    name: object.name ?? '',
    object,
    pool,
    isStatic: replicas !== undefined,
    nodeClass,
    types: offered(pool, nodeClass),
    isOverlaid: false,
    requirementPaths: knownItems(find(object.node, [...template, 'requirements'])),
    taintPaths: knownItems(find(object.node, [...template, 'taints'])),
    missing: [...missingClass(object, read, nodeClass), ...placeholders(object, nodeClass)],
  };
}

function missingClass(object: KubernetesObject, { spec }: NodePool, nodeClass: AskedClass | undefined): readonly Missing[] {
  if (nodeClass) return [];
  const { group = '', kind = '', name = '' } = spec.template.nodeClassRef;
  const at = placeIn(object, [...template, 'nodeClassRef', 'name']);
  if (group !== 'karpenter.k8s.aws' && group !== '') {
    const says = `what ${kind} ${name} of ${group} offers is not in the catalog, which is of EC2`;
    return [{ fact: 'other-provider', says, supply: 'nothing yet: only EC2NodeClasses can be asked about', at }];
  }
  const says = `EC2NodeClass ${name} is not in view, so that what its nodes look like is not known`;
  return [{ fact: 'node-class', says, supply: `the manifest of EC2NodeClass ${name}`, at }];
}

function placeholders(object: KubernetesObject, nodeClass: AskedClass | undefined): readonly Missing[] {
  const own = deciding.map((path) => find(object.node, path));
  const ofClass = nodeClass ? partsInSpec.map((part) => find(nodeClass.object.node, ['spec', part])) : [];
  return [...own, ...ofClass].flatMap((part) => {
    const found = placeholderIn(part);
    return found ? [placeholder(found.source, found.at)] : [];
  });
}

export function placeholder(text: string, at: Missing['at']): Missing {
  return {
    fact: 'placeholder',
    says: `${text} stands for a value that is not known here`,
    supply: 'the manifest after its placeholders are filled in',
    ...(at && { at }),
  };
}
