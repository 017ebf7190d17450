import { labelSelector } from '../../src/algebra/selector.ts';
import type { Context } from '../../src/context/context.ts';
import type { Workload } from '../../src/context/workloads.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import { find, ScalarNode, toPlain } from '../../src/document/node.ts';
import { hangsOnPlaceholder } from '../../src/document/placeholder.ts';
import { Reading } from '../../src/model/cluster/read.ts';
import { podDisruptionBudget } from '../../src/model/cluster/workload.ts';
import type { Place } from '../../src/text/place.ts';

/** The PodDisruptionBudgets in view that surely hold for the pods of a workload. An empty selector is for every pod of its namespace. */
export function budgetsOf(workload: Workload, context: Context): readonly KubernetesObject[] {
  const { object, node } = workload;
  const budgets = context.ofKind('PodDisruptionBudget');
  if (budgets.length === 0) return budgets;
  const written = node.parent && find(node.parent, ['metadata', 'labels']);
  if (written && hangsOnPlaceholder(written)) return [];
  return budgets.filter((budget) => {
    if ((budget.namespace ?? 'default') !== (object.namespace ?? 'default') || hangsOnPlaceholder(budget.node)) return false;
    const { selector } = podDisruptionBudget(toPlain(budget.node), new Reading())?.spec ?? {};
    const matchExpressions = (selector?.matchExpressions ?? []).map(({ key = '', operator = '', values = [] }) => {
      return { key, operator, values };
    });
    return labelSelector(selector && { matchLabels: selector.matchLabels ?? {}, matchExpressions })?.(workload.labels) === true;
  });
}

export interface Blocking {
  readonly at: Place;
  readonly says: string;
}

/** What of a budget never lets a pod of so many go; of an unknown number of pods only what holds for any. */
export function lettingNoneGo(budget: KubernetesObject, replicas: number | undefined): Blocking | undefined {
  const named = `PodDisruptionBudget "${budget.name ?? ''}"`;
  const most = scalarAt(budget, 'maxUnavailable');
  if (most) return /^0+%?$/.test(most.text) ? { at: most.at, says: `${named} lets none of them go` } : undefined;
  const least = scalarAt(budget, 'minAvailable');
  if (!least) return undefined;
  const [, digits, sign] = /^(\d+)(%?)$/.exec(least.text) ?? [];
  const amount = Number(digits ?? Number.NaN);
  if (sign === '%' && amount >= 100) return { at: least.at, says: `${named} keeps all of them` };
  // A percentage is rounded up to whole pods.
  const kept = sign === '%' ? Math.ceil((amount * (replicas ?? 0)) / 100) : amount;
  if (!replicas || !(kept >= replicas)) return undefined;
  const pods = replicas === 1 ? 'the only pod' : `all ${replicas} pods`;
  return { at: least.at, says: `${named} keeps ${least.text}, which is ${pods}` };
}

function scalarAt({ node }: KubernetesObject, key: string): { readonly at: Place; readonly text: string } | undefined {
  const value = find(node, ['spec', key]);
  return value instanceof ScalarNode && value.value !== null ? { at: value.at, text: String(value.value) } : undefined;
}
