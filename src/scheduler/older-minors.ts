import { atLeast, type Minor } from '../algebra/version.ts';

/** What a release changed about decisions: before it, this was so. */
const before: readonly (readonly [release: Minor, was: string])[] = [
  [
    '1.3',
    'capacity reservations are unknown, and spread constraints ignore nodeAffinityPolicy, nodeTaintsPolicy and matchLabelKeys',
  ],
  ['1.4', 'a pod gives up one preference per turn of the queue, and host ports of DaemonSets do not count'],
  ['1.5', 'instance types of one price are ordered by name'],
  ['1.6', 'minValues are always strict, and reservations need their feature gate'],
  ['1.7', 'at most 60 instance types are kept, and pods with claims that cannot be used are scheduled'],
  ['1.8', 'requests of the pod as a whole do not count'],
  ['1.9', 'zones of volumes shrink the zones of spreads, and kubernetes.io labels are restricted'],
  ['1.11', 'limits on nodes do not hold for dynamic pools'],
  ['1.13', 'of alternatives for a volume only the first is tried'],
  ['1.14', 'every DaemonSet of a pool is counted on each of its instance types'],
];

/** The oldest minor whose decisions are compared with the real thing; older ones get its answer and these sentences. */
const oldestCompared: Minor = '1.14';

export function olderMinorAssumptions(karpenter: Minor): readonly string[] {
  if (atLeast(karpenter, oldestCompared)) return [];
  const differences = before.filter(([release]) => !atLeast(karpenter, release)).map(([, was]) => was);
  const passing = karpenter === '1.11' ? ['domains of a spread are only those that pool and pod allow'] : [];
  return [...differences, ...passing].map(
    (one) => `the answer is that of ${oldestCompared}; in ${karpenter}, unlike here, ${one}`,
  );
}
