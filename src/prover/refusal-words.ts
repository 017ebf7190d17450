import type { Ignored, VolumeProblem } from '../scheduler/pod-validation.ts';
import type { TypesRefusal } from '../scheduler/refusal.ts';
import type { TrialRefusal } from '../scheduler/trial.ts';
import { listText, taintText } from './words.ts';

/** Why a pool does not take a pod: a sentence that goes on from the pool's name. */
export function refusalWords(refusal: TrialRefusal): string {
  switch (refusal.category) {
    case 'taint':
      return `taints its nodes ${listText(refusal.taints.map(taintText))}, which the pod does not tolerate`;
    case 'topology':
      return `has no domain of ${refusal.key} left that the pod's ${refusal.rule} allows`;
    case 'topology-combination':
      return `has no domain that all rules of the pod allow for ${listText(refusal.keys)}`;
    case 'undefined-label':
      return `does not give its nodes the label ${refusal.key}`;
    case 'ignored':
      return ignoredWords(refusal.ignored);
    default:
      return plain[refusal.category];
  }
}

const plain: Readonly<Record<TypesRefusal | PlainCategory, string>> = {
  'pod-requirements': 'gives its nodes other labels than the pod asks for',
  volume: "is not where the pod's volumes are",
  'requirements+resources+offering': 'has no instance type that meets the requirements, has the resources or is on offer',
  'requirements+resources': 'has no instance type that meets the requirements or has the resources',
  'resources+offering': 'has no instance type with the resources, and none of those that meet the requirements is on offer',
  requirements: 'has no instance type that meets the requirements of both',
  resources: 'has no instance type with enough of every resource beside overhead and DaemonSets',
  'fits-but-requirements': 'has instance types with the resources and others that meet the requirements, but none that does both',
  'min-values': 'has too few instance types left for its minValues',
  'min-values-after-truncation': 'has too few instance types left for its minValues once the list is cut to 600',
  'node-limit': 'may have no node',
  limits: 'may launch none of its instance types within its limits',
  'no-templates': 'has no instance type that meets its own requirements',
  'no-nodepools': 'is not there',
  'not-ready': 'is not ready: Karpenter refuses its configuration or waits for it',
  'reserved-offering': 'waits for a capacity reservation that is full',
  'full-reservation': 'has nothing but a capacity reservation that is full',
  dra: 'launches nothing for pods that claim devices by resourceClaims',
};

type PlainCategory =
  | 'pod-requirements'
  | 'volume'
  | 'min-values-after-truncation'
  | 'node-limit'
  | 'limits'
  | 'no-templates'
  | 'no-nodepools'
  | 'not-ready'
  | 'reserved-offering'
  | 'full-reservation'
  | 'dra';

function ignoredWords(ignored: Ignored): string {
  switch (ignored.why) {
    case 'avoids-karpenter':
      return 'is not asked: the pod keeps away from nodes of Karpenter';
    case 'requirement':
      return `is not asked: Karpenter does not accept what the pod demands of ${ignored.key}`;
    case 'match-fields':
      return 'is not asked: Karpenter does not look at pods with matchFields';
    case 'volume':
      return `is not asked: ${volumeWords(ignored.claim, ignored.problem)}`;
  }
}

const problems: Readonly<Record<VolumeProblem, string>> = {
  'claim-missing': 'is not there',
  'claim-deleting': 'is being deleted',
  'claim-lost': 'has lost its volume',
  'volume-missing': 'is bound to a volume that is not there',
  'volume-deleting': 'is bound to a volume that is being deleted',
  'not-bound-yet': 'is not bound yet',
  'no-class': 'has no StorageClass',
  'class-missing': 'has a StorageClass that is not there',
  'immediate-binding': 'is bound without regard to the pod, and is not bound yet',
};

export function volumeWords(claim: string, problem: VolumeProblem): string {
  return `claim ${claim} ${problems[problem]}`;
}
