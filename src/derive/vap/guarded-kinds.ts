/** A kind whose objects a policy judges, and the resource that the API server calls it by. */
export type GuardedKind = 'NodePool' | 'EC2NodeClass' | 'NodeOverlay';

export interface Resource {
  readonly kind: GuardedKind;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

export const resources: readonly Resource[] = [
  { kind: 'NodePool', group: 'karpenter.sh', version: 'v1', plural: 'nodepools' },
  { kind: 'EC2NodeClass', group: 'karpenter.k8s.aws', version: 'v1', plural: 'ec2nodeclasses' },
  { kind: 'NodeOverlay', group: 'karpenter.sh', version: 'v1alpha1', plural: 'nodeoverlays' },
];
