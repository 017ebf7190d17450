import { parseInt64 } from './int64.ts';

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

export interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

/** Taints that a node loses by itself while it starts; readiness taints are known by their prefix. */
export const knownEphemeralTaints: readonly Taint[] = [
  { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', effect: 'NoSchedule' },
  { key: 'node.cloudprovider.kubernetes.io/uninitialized', effect: 'NoSchedule', value: 'true' },
  { key: 'karpenter.sh/unregistered', effect: 'NoExecute' },
];

/** Whether every taint is tolerated: Karpenter asks this of all three effects alike. */
export function toleratesPod(taints: readonly Taint[], tolerations: readonly Toleration[] = []): boolean {
  return taints.every((taint) => isTolerated(taint, tolerations));
}

/** The taints in the way, in their own order. */
export function untolerated(taints: readonly Taint[], tolerations: readonly Toleration[] = []): readonly Taint[] {
  return taints.filter((taint) => !isTolerated(taint, tolerations));
}

/** core/v1 Toleration.ToleratesTaint as Karpenter calls it, with the numeric operators of Kubernetes 1.35 switched on. */
export function toleratesTaint(toleration: Toleration, taint: Taint): boolean {
  const { key = '', operator = '', value = '', effect = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  switch (operator) {
    case '':
    case 'Equal':
      return value === (taint.value ?? '');
    case 'Exists':
      return true;
    case 'Lt':
    case 'Gt':
      return compareNumbers(operator, value, taint.value ?? '');
    default:
      return false;
  }
}

/** Taints are the same if key and effect are; the value does not count. */
export function matchesTaint(a: Taint, b: Taint): boolean {
  return a.key === b.key && a.effect === b.effect;
}

/** The first list with those of the second that it lacks. */
export function mergeTaints(taints: readonly Taint[], more: readonly Taint[]): readonly Taint[] {
  const merged = [...taints];
  for (const taint of more) if (!merged.some((other) => matchesTaint(taint, other))) merged.push(taint);
  return merged;
}

export function isKnownEphemeralTaint(taint: Taint): boolean {
  return taint.key.startsWith('readiness.k8s.io/') || knownEphemeralTaints.some((known) => matchesTaint(known, taint));
}

function isTolerated(taint: Taint, tolerations: readonly Toleration[]): boolean {
  return tolerations.some((toleration) => toleratesTaint(toleration, taint));
}

function compareNumbers(operator: 'Lt' | 'Gt', toleration: string, taint: string): boolean {
  const limit = decimalInteger(toleration);
  const value = decimalInteger(taint);
  if (limit === undefined || value === undefined) return false;
  return operator === 'Lt' ? value < limit : value > limit;
}

/** Kubernetes wants the one spelling: no plus sign, no leading zeros. */
function decimalInteger(text: string): number | bigint | undefined {
  return /^(0|-?[1-9][0-9]*)$/.test(text) ? parseInt64(text) : undefined;
}
