/** How much of the cluster a snapshot holds. */
export type Level = 'karpenter' | 'workloads';

/** One kind, and where the API server keeps it. */
export interface Resource {
  readonly kind: string;
  /** Empty for the core group. */
  readonly group: string;
  /** Versions in which it may be served, the preferred first. */
  readonly versions: readonly string[];
  readonly resource: string;
  /** An add-on of the cluster: that it is not served says nothing. */
  readonly isAddOn?: true;
}

const karpenter: readonly Resource[] = [
  { kind: 'NodePool', group: 'karpenter.sh', versions: ['v1'], resource: 'nodepools' },
  { kind: 'NodeOverlay', group: 'karpenter.sh', versions: ['v1', 'v1alpha1'], resource: 'nodeoverlays', isAddOn: true },
  { kind: 'EC2NodeClass', group: 'karpenter.k8s.aws', versions: ['v1'], resource: 'ec2nodeclasses', isAddOn: true },
];

/** What makes pods, and what decides where and how they may go. No Secrets, no ConfigMaps. */
const workloads: readonly Resource[] = [
  { kind: 'Namespace', group: '', versions: ['v1'], resource: 'namespaces' },
  { kind: 'Pod', group: '', versions: ['v1'], resource: 'pods' },
  { kind: 'ReplicationController', group: '', versions: ['v1'], resource: 'replicationcontrollers' },
  { kind: 'LimitRange', group: '', versions: ['v1'], resource: 'limitranges' },
  { kind: 'PersistentVolumeClaim', group: '', versions: ['v1'], resource: 'persistentvolumeclaims' },
  { kind: 'PersistentVolume', group: '', versions: ['v1'], resource: 'persistentvolumes' },
  { kind: 'Deployment', group: 'apps', versions: ['v1'], resource: 'deployments' },
  { kind: 'StatefulSet', group: 'apps', versions: ['v1'], resource: 'statefulsets' },
  { kind: 'DaemonSet', group: 'apps', versions: ['v1'], resource: 'daemonsets' },
  { kind: 'ReplicaSet', group: 'apps', versions: ['v1'], resource: 'replicasets' },
  { kind: 'Job', group: 'batch', versions: ['v1'], resource: 'jobs' },
  { kind: 'CronJob', group: 'batch', versions: ['v1'], resource: 'cronjobs' },
  { kind: 'PodDisruptionBudget', group: 'policy', versions: ['v1'], resource: 'poddisruptionbudgets' },
  { kind: 'StorageClass', group: 'storage.k8s.io', versions: ['v1'], resource: 'storageclasses' },
  { kind: 'PriorityClass', group: 'scheduling.k8s.io', versions: ['v1'], resource: 'priorityclasses' },
  { kind: 'RuntimeClass', group: 'node.k8s.io', versions: ['v1'], resource: 'runtimeclasses' },
  { kind: 'HorizontalPodAutoscaler', group: 'autoscaling', versions: ['v2'], resource: 'horizontalpodautoscalers' },
  { kind: 'ScaledObject', group: 'keda.sh', versions: ['v1alpha1'], resource: 'scaledobjects', isAddOn: true },
  {
    kind: 'SecurityGroupPolicy',
    group: 'vpcresources.k8s.aws',
    versions: ['v1beta1'],
    resource: 'securitygrouppolicies',
    isAddOn: true,
  },
  { kind: 'ENIConfig', group: 'crd.k8s.amazonaws.com', versions: ['v1alpha1'], resource: 'eniconfigs', isAddOn: true },
];

export const resources: Readonly<Record<Level, readonly Resource[]>> = {
  karpenter,
  workloads: [...karpenter, ...workloads],
};

/** A rule of an RBAC role. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** What the account of a serving pod needs for a snapshot of a level: a ClusterRole. */
export function snapshotAccess(level: Level | 'none'): readonly PolicyRule[] {
  return level === 'none' ? [] : byGroup(resources[level], ['list', 'watch']);
}

/** What the account of `poolproof scan` needs, a ClusterRole; `reports` with `--write-reports`. */
export function scanAccess(reports: boolean): readonly PolicyRule[] {
  // One Node tells the region; Karpenter's own Deployment is among the Deployments.
  const node: PolicyRule = { apiGroups: [''], resources: ['nodes'], verbs: ['list'] };
  return [...byGroup(resources.workloads, ['list']), node, ...(reports ? reportAccess : [])];
}

const reportVerbs = ['get', 'list', 'create', 'update', 'delete'];

const reportAccess: readonly PolicyRule[] = [
  { apiGroups: ['openreports.io'], resources: ['clusterreports'], verbs: reportVerbs },
  { apiGroups: ['wgpolicyk8s.io'], resources: ['clusterpolicyreports'], verbs: reportVerbs },
];

function byGroup(all: readonly Resource[], verbs: readonly string[]): readonly PolicyRule[] {
  const groups = [...new Set(all.map(({ group }) => group))];
  return groups.map((group) => ({
    apiGroups: [group],
    resources: all.filter((one) => one.group === group).map(({ resource }) => resource),
    verbs,
  }));
}
