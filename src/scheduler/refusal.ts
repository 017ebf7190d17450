import type { Taint } from '../algebra/taints.ts';
import type { TopologyType } from './topology-group.ts';

/** Why a pod does not go onto one candidate, and what stopped it first. */
export type Refusal =
  /** Upstream reports each taint in the way as an error of its own. */
  | { readonly category: 'taint'; readonly taints: readonly Taint[] }
  | { readonly category: 'pod-requirements' }
  | { readonly category: 'volume' }
  | { readonly category: 'topology'; readonly rule: TopologyType; readonly key: string }
  /** One error for each key on which rules disagree. */
  | { readonly category: 'topology-combination'; readonly keys: readonly string[] }
  | { readonly category: 'undefined-label'; readonly key: string; readonly hint: string }
  | { readonly category: TypesRefusal }
  | { readonly category: 'node-limit' | 'limits' | 'no-templates' | 'no-nodepools' | 'min-values-after-truncation' }
  | { readonly category: 'reserved-offering' }
  | { readonly category: 'full-reservation' }
  | { readonly category: 'dra' };

/** No instance type is left: named after what not a single one of them met. */
export type TypesRefusal =
  | 'requirements+resources+offering'
  | 'requirements+resources'
  | 'resources+offering'
  | 'requirements'
  | 'resources'
  | 'fits-but-requirements'
  | 'min-values';

/** Errors that end the attempt: the pod waits, and no preference of it is given up. */
export function isFinal({ category }: Refusal): boolean {
  return category === 'reserved-offering' || category === 'dra';
}
