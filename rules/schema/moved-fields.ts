import type { Path } from '../../src/text/place.ts';

/** What was somewhere else, or called something else, in an earlier API. */
export interface Move {
  readonly kind: string;
  /** Where it was: keys from the root of the object. */
  readonly from: readonly string[];
  /** Where it is now, as the end of a sentence. */
  readonly now: string;
  /** The value that changed its name; absent: the field did. */
  readonly value?: string;
}

const template = ['spec', 'template', 'spec'];

export const moves: readonly Move[] = [
  { kind: 'NodePool', from: ['spec', 'disruption', 'expireAfter'], now: 'moved to spec.template.spec.expireAfter' },
  {
    kind: 'NodePool',
    from: ['spec', 'disruption', 'consolidationPolicy'],
    value: 'WhenUnderutilized',
    now: 'is called WhenEmptyOrUnderutilized now',
  },
  { kind: 'NodePool', from: [...template, 'kubelet'], now: 'moved to spec.kubelet of the EC2NodeClass' },
  { kind: 'NodePool', from: [...template, 'resources'], now: 'is gone: it was never allowed to hold anything' },
  { kind: 'NodePool', from: [...template, 'nodeClassRef', 'apiVersion'], now: 'became group, the part before "/"' },
  {
    kind: 'NodePool',
    from: ['spec', 'ttlSecondsAfterEmpty'],
    now: 'became consolidationPolicy WhenEmpty with consolidateAfter in spec.disruption',
  },
  {
    kind: 'NodePool',
    from: ['spec', 'ttlSecondsUntilExpired'],
    now: 'became spec.template.spec.expireAfter, a duration such as 720h',
  },
  {
    kind: 'NodePool',
    from: ['spec', 'consolidation'],
    now: 'became consolidationPolicy and consolidateAfter in spec.disruption',
  },
  { kind: 'NodePool', from: ['spec', 'providerRef'], now: 'became spec.template.spec.nodeClassRef' },
  {
    kind: 'NodePool',
    from: ['spec', 'provider'],
    now: 'became an EC2NodeClass of its own, named by spec.template.spec.nodeClassRef',
  },
  { kind: 'NodePool', from: ['spec', 'kubeletConfiguration'], now: 'moved to spec.kubelet of the EC2NodeClass' },
  { kind: 'NodeClaim', from: ['spec', 'kubelet'], now: 'moved to spec.kubelet of the EC2NodeClass' },
  { kind: 'NodeClaim', from: ['spec', 'nodeClassRef', 'apiVersion'], now: 'became group, the part before "/"' },
  {
    kind: 'EC2NodeClass',
    from: ['spec', 'amiFamily'],
    value: 'Ubuntu',
    now: 'is gone: use family AL2 or Custom with AMI terms of your own',
  },
  { kind: 'EC2NodeClass', from: ['spec', 'amiSelector'], now: 'became amiSelectorTerms, a list' },
  { kind: 'EC2NodeClass', from: ['spec', 'subnetSelector'], now: 'became subnetSelectorTerms, a list' },
  { kind: 'EC2NodeClass', from: ['spec', 'securityGroupSelector'], now: 'became securityGroupSelectorTerms, a list' },
  { kind: 'EC2NodeClass', from: ['spec', 'launchTemplate'], now: 'is gone and has no successor' },
];

export function movedField(kind: string, path: Path): Move | undefined {
  return moves.find((move) => move.kind === kind && move.value === undefined && isPath(move, path));
}

export function movedValue(kind: string, path: Path, value: unknown): Move | undefined {
  return moves.find((move) => move.kind === kind && move.value === value && isPath(move, path));
}

function isPath({ from }: Move, path: Path): boolean {
  return from.length === path.length && from.every((part, index) => part === path[index]);
}
