/**
 * Words without which a document has nothing for this run. The test runs over the raw text, so it must not miss any spelling:
 * whatever could be an object of Karpenter's names one of its groups or kinds.
 */
export const KARPENTER: RegExp =
  /karpenter|\binterruptionQueue\b|autoscaling\.x-k8s\.io|\b(?:NodePool|EC2NodeClass|NodeClaim|NodeOverlay|CapacityBuffer|AWSNodeTemplate|Provisioner)\b/i;

/** API groups of Karpenter and its providers: a document that names one and does not parse is not passed over. */
export const KARPENTER_GROUPS: RegExp =
  /\bkarpenter\.(?:sh|k8s\.(?:aws|gcp|alibabacloud)|azure\.com|kwok\.sh)\b|\bautoscaling\.x-k8s\.io\b/;

const context = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'DaemonSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'PodDisruptionBudget',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'LimitRange',
  'RuntimeClass',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'StorageClass',
  'Namespace',
  'PriorityClass',
  'Node',
  'ENIConfig',
  'SecurityGroupPolicy',
  'HelmRelease',
  'ClusterConfig',
  'AWSManagedControlPlane',
  'Kustomization',
];

/** Documents that tell what pools are for: read in a second pass, and only if a rule asks. */
export const WORKLOADS: RegExp = new RegExp(`(?:^|[\\s,{"'])kind["']?\\s*:\\s*["']?(?:${context.join('|')})\\b`, 'm');

/** Either of both: what a document must match where workloads are read too. */
export const KARPENTER_OR_WORKLOADS: RegExp = new RegExp(`${KARPENTER.source}|${WORKLOADS.source}`, 'im');

/** Escapes in double quotes can spell any word, so a text that has one is parsed. */
export const HIDING: RegExp = /\\[xuU]/;
