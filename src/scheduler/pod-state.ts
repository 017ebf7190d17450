import { labelSelector } from '../algebra/selector.ts';
import { toleratesPod } from '../algebra/taints.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { PodDisruptionBudget } from '../model/cluster/workload.ts';

const doNotDisruptKey = 'karpenter.sh/do-not-disrupt';
const disrupted = { key: 'karpenter.sh/disrupted', effect: 'NoSchedule' };
const milliseconds: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** IsProvisionable: the kube-scheduler has given up on it, and nobody else is about to make room. */
export function isProvisionable(pod: Pod): boolean {
  const { spec, status } = pod;
  const unschedulable = (status.conditions ?? []).some(
    ({ type, reason }) => type === 'PodScheduled' && reason === 'Unschedulable',
  );
  return (
    unschedulable && !spec.nodeName && !status.nominatedNodeName && !isOwnedBy(pod, 'apps/v1', 'DaemonSet') && !isMirror(pod)
  );
}

export function isTerminal({ status }: Pod): boolean {
  return status.phase === 'Failed' || status.phase === 'Succeeded';
}

export function isTerminating({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}

export function isDaemon(pod: Pod): boolean {
  return isOwnedBy(pod, 'apps/v1', 'DaemonSet');
}

/** IsCurrentlyReschedulable: will look for another place when its node goes, and may go now. `now` in milliseconds since the epoch. */
export function isReschedulable(pod: Pod, budgets: readonly PodDisruptionBudget[], now: number): boolean {
  const replaced = isActive(pod) || (isOwnedBy(pod, 'apps/v1', 'StatefulSet') && isTerminating(pod));
  if (!replaced || isDaemon(pod) || isMirror(pod)) return false;
  return !(isActive(pod) && isDoNotDisrupt(pod, now)) && !isFullyBlocked(pod, budgets, now);
}

function isActive(pod: Pod): boolean {
  return !isTerminal(pod) && !isTerminating(pod);
}

function isMirror(pod: Pod): boolean {
  return isOwnedBy(pod, 'v1', 'Node');
}

function isOwnedBy({ metadata }: Pod, apiVersion: string, kind: string): boolean {
  return (metadata.ownerReferences ?? []).some((owner) => owner.apiVersion === apiVersion && owner.kind === kind);
}

/** `true`, or a time to run undisturbed that is not over yet. */
function isDoNotDisrupt({ metadata, status }: Pod, now: number): boolean {
  const value = metadata.annotations?.[doNotDisruptKey];
  if (value === undefined || value === 'true') return value === 'true';
  const duration = durationOf(value);
  if (duration === undefined || duration <= 0) return false;
  return status.startTime === undefined || now - status.startTime < duration;
}

/** Go's time.ParseDuration, in milliseconds. */
function durationOf(text: string): number | undefined {
  const [, sign, rest = ''] = /^([+-]?)(.*)$/.exec(text) ?? [];
  if (rest === '0') return 0;
  if (!/^((\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h))+$/.test(rest)) return undefined;
  let total = 0;
  for (const [, number, unit = ''] of rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(number) * (milliseconds[unit] ?? 0);
  }
  return sign === '-' ? -total : total;
}

function isFullyBlocked(pod: Pod, budgets: readonly PodDisruptionBudget[], now: number): boolean {
  const evictable =
    isActive(pod) && !toleratesPod([disrupted], pod.spec.tolerations) && !isMirror(pod) && !isDoNotDisrupt(pod, now);
  if (!evictable) return false;
  const labels = new Map(Object.entries(pod.metadata.labels ?? {}));
  const own = budgets.filter(({ metadata, spec }) => {
    const { matchLabels = {}, matchExpressions = [] } = spec.selector ?? {};
    const expressions = matchExpressions.map(({ key = '', operator = '', values = [] }) => ({ key, operator, values }));
    const selects = labelSelector(spec.selector && { matchLabels, matchExpressions: expressions });
    return (metadata.namespace ?? 'default') === (pod.metadata.namespace ?? 'default') && selects?.(labels);
  });
  // The eviction API refuses pods of several budgets, whatever those allow.
  if (own.length > 1) return true;
  const [budget] = own;
  if (!budget) return false;
  const isUnready = (pod.status.conditions ?? []).some(({ type, status }) => type === 'Ready' && status === 'False');
  if (budget.spec.unhealthyPodEvictionPolicy === 'AlwaysAllow' && isUnready) return false;
  const { maxUnavailable, minAvailable } = budget.spec;
  return maxUnavailable === 0 || maxUnavailable === '0%' || minAvailable === '100%';
}
