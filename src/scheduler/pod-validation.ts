import type { Minor } from '../algebra/version.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { PersistentVolumeClaim } from '../model/cluster/storage.ts';
import { podRequirements } from './pod-requirements.ts';
import { type Constraints, constraintsOf } from './preferences.ts';
import { isValidRequirement } from './requirement-validation.ts';
import { claimKey, type Storage } from './storage.ts';

/** Why Karpenter does not even try to find a place for a pending pod (Provisioner.Validate). */
export type Ignored =
  | { readonly why: 'avoids-karpenter' }
  | { readonly why: 'requirement'; readonly key: string }
  | { readonly why: 'match-fields' }
  | { readonly why: 'volume'; readonly claim: string; readonly problem: VolumeProblem };

export type VolumeProblem =
  | 'claim-missing'
  | 'claim-deleting'
  | 'claim-lost'
  | 'volume-missing'
  | 'volume-deleting'
  | 'not-bound-yet'
  | 'no-class'
  | 'class-missing'
  | 'immediate-binding';

export function ignoredBecause(pod: Pod, storage: Storage, karpenter: Minor): Ignored | undefined {
  const constraints = constraintsOf(pod.spec);
  // Upstream looks at the heaviest preference too: to prefer nodes without the label is enough to be left alone.
  const pool = podRequirements(constraints).byKey.get('karpenter.sh/nodepool');
  if (pool?.operator === 'DoesNotExist') return { why: 'avoids-karpenter' };
  return badTerm(constraints, karpenter) ?? badVolume(pod, storage);
}

function badTerm({ nodeSelector, requiredTerms = [] }: Constraints, karpenter: Minor): Ignored | undefined {
  for (const [key, value] of Object.entries(nodeSelector)) {
    if (!isValidRequirement({ key, operator: 'In', values: [value] }, karpenter)) return { why: 'requirement', key };
  }
  for (const { matchExpressions = [], matchFields } of requiredTerms) {
    if (matchFields) return { why: 'match-fields' };
    const bad = matchExpressions.find((expression) => !isValidRequirement(expression, karpenter));
    if (bad) return { why: 'requirement', key: bad.key ?? '' };
  }
  return undefined;
}

function badVolume(pod: Pod, storage: Storage): Ignored | undefined {
  for (const volume of pod.spec.volumes ?? []) {
    const key = claimKey(pod, volume);
    if (key === undefined) continue;
    const claim = storage.claims.get(key);
    const problem = claim ? claimProblem(claim, storage) : 'claim-missing';
    if (problem) return { why: 'volume', claim: key, problem };
  }
  return undefined;
}

function claimProblem({ metadata, spec, status }: PersistentVolumeClaim, storage: Storage): VolumeProblem | undefined {
  if (metadata.deletionTimestamp !== undefined) return 'claim-deleting';
  if (status.phase === 'Lost') return 'claim-lost';
  if (spec.volumeName) {
    const volume = storage.volumes.get(spec.volumeName);
    if (!volume) return 'volume-missing';
    if (volume.metadata.deletionTimestamp !== undefined) return 'volume-deleting';
    return metadata.annotations?.['pv.kubernetes.io/bind-completed'] === undefined ? 'not-bound-yet' : undefined;
  }
  if (!spec.storageClassName) return 'no-class';
  const storageClass = storage.classes.get(spec.storageClassName);
  if (!storageClass) return 'class-missing';
  return storageClass.volumeBindingMode === 'Immediate' ? 'immediate-binding' : undefined;
}
