import type { Context } from '../../src/context/context.ts';
import { identityOf } from '../../src/context/link.ts';
import { workloadKinds } from '../../src/context/workloads.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import { groupOf } from '../../src/document/objects.ts';

/** Something that a rule may look at beyond its subject, and that a change of one object alters or does not. */
export type Fact = string;

/** All of the objects at once. */
export const EVERYTHING: Fact = 'everything';
export const CLOCK: Fact = 'clock';
export const WORKLOADS: Fact = 'workloads';
/** Whatever kind scales workloads, none is one of Karpenter's. */
export const AUTOSCALERS: Fact = 'autoscalers';
/** Releases and files, none of which is a kind of Karpenter's. */
export const CHART_VALUES: Fact = 'chart values';

/** Which objects of a kind there are, in which order, and all that stands in them. */
export function kindFact(kind: string): Fact {
  return `kind ${kind}`;
}

/** The objects of Karpenter's that claim to be one and the same. */
export function identityFact(identity: string): Fact {
  return `identity ${identity}`;
}

/** One EC2NodeClass. */
export function classFact(name: string | undefined): Fact {
  return `class ${name ?? ''}`;
}

/** The pools that name a class, and all that stands in them. */
export function usersFact(name: string | undefined): Fact {
  return `users ${name ?? ''}`;
}

/** The pools of a weight, and all that stands in them. */
export function weightFact(weight: number): Fact {
  return `weight ${weight}`;
}

/** What may be otherwise when an object comes, goes, or is another. */
export function alteredBy(object: KubernetesObject, { poolOf }: Context): readonly Fact[] {
  const { kind, name, apiVersion } = object;
  const always = [EVERYTHING, kindFact(kind), identityFact(identityOf(object))];
  if (kind === 'NodePool') {
    const { template, weight } = poolOf(object);
    return [...always, usersFact(template.nodeClassRef?.name?.value), weightFact(weight?.value ?? 0)];
  }
  if (kind === 'EC2NodeClass') return [...always, classFact(name)];
  if (groupOf(apiVersion).startsWith('karpenter.')) return always;
  // What makes pods neither scales others nor holds values.
  return [...always, ...(workloadKinds.has(kind) ? [WORKLOADS] : [AUTOSCALERS, CHART_VALUES])];
}
