import type { NodeSelectorRequirement } from '../../../src/algebra/requirements.ts';
import type { LabelSelector, NodeSelectorTerm } from '../../../src/algebra/selector.ts';
import type { Taint, Toleration } from '../../../src/algebra/taints.ts';
import type { Pattern } from './sort-patterns.ts';

type List = readonly NodeSelectorRequirement[];

export interface Node {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
}

/** What is asked of both sides: a kind and its arguments. The functions of main.go say what the answer holds. */
export type Question =
  | readonly ['pair', a: List, b: List, probes: readonly string[]]
  | readonly ['sets', existing: List, incoming: List]
  | readonly ['min', types: readonly List[], set: List]
  | readonly ['restricted', key: string]
  | readonly ['well-known']
  | readonly ['taints', taints: readonly Taint[], tolerations: readonly Toleration[]]
  | readonly ['selector', selector: LabelSelector | null, sets: readonly Readonly<Record<string, string>>[]]
  | readonly ['terms', terms: readonly NodeSelectorTerm[], nodes: readonly Node[]]
  | readonly ['quantity', text: string]
  | readonly ['sum', a: string, b: string]
  | readonly ['duration', text: string]
  | readonly ['label', text: string]
  | readonly ['cron', text: string, starts: readonly number[], hits: number]
  | readonly ['active', text: string, duration: string, instants: readonly number[]]
  | readonly ['sort', length: number, pattern: Pattern, seed: number];

/** The versions that can be asked. */
export const karpenters = ['1.14.1', '1.15.0'] as const;

export type Karpenter = (typeof karpenters)[number];

export type Kind = Question[0];
