import type { Path } from '../../src/text/place.ts';

/** What the pattern of a field asks for, by the end of its path; `*` is any key or index. */
const wanted: readonly (readonly [string, string])[] = [
  ['spec.expireAfter', 'a duration in h, m and s such as 720h, or Never'],
  ['disruption.expireAfter', 'a duration in h, m and s such as 720h, or Never'],
  ['consolidateAfter', 'a duration in h, m and s such as 5m, or Never'],
  ['terminationGracePeriod', 'a duration in h, m and s such as 48h; there is no Never, leave it out instead'],
  ['budgets.*.duration', 'a duration in hours and minutes such as 8h or 1h30m'],
  ['budgets.*.nodes', 'a number of nodes or a percentage from 0% to 100%'],
  [
    'budgets.*.schedule',
    'a schedule of five fields such as "0 9 * * 1-5", or one of @hourly, @daily, @weekly, @monthly, @yearly',
  ],
  ['limits.*', 'a quantity such as 1000 or 1000Gi'],
  ['capacity.*', 'a quantity such as 1000 or 1000Gi'],
  ['requests.*', 'a quantity such as 1000 or 1000Gi'],
  ['kubeReserved.*', 'a quantity such as 100m or 300Mi'],
  ['systemReserved.*', 'a quantity such as 100m or 300Mi'],
  ['evictionHard.*', 'a percentage such as 5% or a quantity such as 500Mi'],
  ['evictionSoft.*', 'a percentage such as 5% or a quantity such as 500Mi'],
  ['labels.*', 'a label value: letters, digits, "-", "_" and ".", with a letter or digit at both ends'],
  ['requirements.*.key', 'a label key: an optional lower-case domain and "/", then letters, digits, "-", "_" and "."'],
  ['requirements.*.values.*', 'a label value: letters, digits, "-", "_" and ".", with a letter or digit at both ends'],
  ['taints.*.key', 'a taint key: an optional lower-case domain and "/", then letters, digits, "-", "_" and "."'],
  ['taints.*.value', 'a taint value: letters, digits, "-", "_" and ".", with a letter or digit at both ends'],
  ['startupTaints.*.key', 'a taint key: an optional lower-case domain and "/", then letters, digits, "-", "_" and "."'],
  ['startupTaints.*.value', 'a taint value: letters, digits, "-", "_" and ".", with a letter or digit at both ends'],
  ['nodeClassRef.group', 'a group without version, such as karpenter.k8s.aws'],
  ['amiSelectorTerms.*.id', 'an id such as ami-0123456789abcdef0'],
  ['subnetSelectorTerms.*.id', 'an id such as subnet-0123456789abcdef0'],
  ['securityGroupSelectorTerms.*.id', 'an id such as sg-0123456789abcdef0'],
  ['capacityReservationSelectorTerms.*.id', 'an id such as cr-0123456789abcdef0'],
  ['capacityReservationSelectorTerms.*.ownerID', 'an account id of 12 digits'],
  ['placementGroupSelector.id', 'an id such as pg-0123456789abcdef0'],
  ['spec.price', 'a price such as 0.25'],
  ['spec.priceAdjustment', 'a signed amount or percentage such as -0.05, +10% or -100%'],
];

export function wantedAt(path: Path): string | undefined {
  return wanted.find(([end]) => endsWith(path, end.split('.')))?.[1];
}

function endsWith(path: Path, end: readonly string[]): boolean {
  return end.length <= path.length && end.every((part, index) => part === '*' || part === path[path.length - end.length + index]);
}
