import type { Taint } from '../algebra/taints.ts';
import type { Ignored, VolumeProblem } from '../scheduler/pod-validation.ts';
import type { PoolRefusal } from '../scheduler/queue.ts';
import type { Refusal, TypesRefusal } from '../scheduler/refusal.ts';

const types: Readonly<Record<TypesRefusal, string>> = {
  'requirements+resources+offering': 'no instance type meets the requirements, none is large enough, none can be had',
  'requirements+resources': 'no instance type meets the requirements, and none that can be had is large enough',
  'resources+offering': 'no instance type can be had where the pod must run',
  requirements: 'no instance type meets the requirements',
  resources: 'no instance type is large enough',
  'fits-but-requirements': 'the instance types that are large enough do not meet the requirements',
  'min-values': 'too few instance types are left for minValues',
};

const volumes: Readonly<Record<VolumeProblem, string>> = {
  'claim-missing': 'is not there',
  'claim-deleting': 'is being deleted',
  'claim-lost': 'has lost its volume',
  'volume-missing': 'is bound to a volume that is not there',
  'volume-deleting': 'is bound to a volume that is being deleted',
  'not-bound-yet': 'names a volume but is not bound to it yet',
  'no-class': 'is not bound and names no StorageClass',
  'class-missing': 'names a StorageClass that is not there',
  'immediate-binding': 'is not bound, and its StorageClass binds at once',
};

/** Nobody reads more of a pool's taints than so many. */
const mostTaints = 8;

/** The first thing that stopped one pool. */
export function poolRefusalText({ nodePool, refusal }: PoolRefusal): string {
  return nodePool === undefined ? refusalText(refusal) : `pool ${nodePool}: ${refusalText(refusal)}`;
}

function refusalText(refusal: Refusal): string {
  switch (refusal.category) {
    case 'taint':
      return taintsText(refusal.taints);
    case 'pod-requirements':
      return 'what the pod selects contradicts the pool';
    case 'volume':
      return 'the pool has no node where the volumes of the pod can be attached';
    case 'topology':
      return `${refusal.rule} over ${refusal.key} leaves no domain`;
    case 'topology-combination':
      return `rules disagree on ${refusal.keys.join(', ')}`;
    case 'undefined-label':
      return `the pool does not define the label ${refusal.key}`;
    case 'node-limit':
      return 'its limit of nodes is reached';
    case 'limits':
      return 'every instance type would exceed its limits';
    case 'no-templates':
      return 'no pool has an instance type to launch';
    case 'no-nodepools':
      return 'no pool is ready';
    case 'min-values-after-truncation':
      return 'minValues cannot be met with the 600 cheapest instance types';
    case 'reserved-offering':
      return 'waits for a capacity reservation that has no instance left';
    case 'full-reservation':
      return 'its only offering is a capacity reservation without instances left';
    case 'dra':
      return 'the pod claims devices (dynamic resource allocation), which Karpenter leaves alone';
    default:
      return types[refusal.category];
  }
}

function taintsText(taints: readonly Taint[]): string {
  const told = taints
    .slice(0, mostTaints)
    .map(({ key, value, effect }) => `taint ${key}${value ? `=${value}` : ''}:${effect} not tolerated`);
  return [...told, ...(taints.length > mostTaints ? [`and ${taints.length - mostTaints} more taints`] : [])].join(', ');
}

/** Why Karpenter does not look at a pod. */
export function ignoredText(ignored: Ignored): string {
  switch (ignored.why) {
    case 'avoids-karpenter':
      return "asks for nodes that are not Karpenter's";
    case 'requirement':
      return `a requirement on ${ignored.key} that Karpenter does not accept`;
    case 'match-fields':
      return 'matchFields in required node affinity';
    default:
      return `claim ${ignored.claim} ${volumes[ignored.problem]}`;
  }
}
