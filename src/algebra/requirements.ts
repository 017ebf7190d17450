import { exists, hasIntersection, intersection, isLenient, type Requirement, requirement } from './requirement.ts';

/** Karpenter's scheduling.Requirements: at most one requirement per key, in the order in which the keys were first added. */
export interface Requirements {
  readonly list: readonly Requirement[];
  readonly byKey: ReadonlyMap<string, Requirement>;
  readonly hasMinValues: boolean;
}

/** A requirement as NodePools, NodeClaims and node affinity write it. */
export interface NodeSelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
  readonly minValues?: number;
}

/** Why one set cannot meet another: a label that it does not define, or labels whose values have nothing in common. */
export type Refusal =
  | { readonly why: 'undefined'; readonly key: string }
  | { readonly why: 'disjoint'; readonly conflicts: readonly Conflict[] };

export interface Conflict {
  readonly key: string;
  readonly existing: Requirement;
  readonly incoming: Requirement;
}

export const noRequirements: Requirements = { list: [], byKey: new Map(), hasMinValues: false };

export function requirements(...list: readonly Requirement[]): Requirements {
  return add(noRequirements, ...list);
}

export function nodeSelectorRequirements(list: readonly NodeSelectorRequirement[]): Requirements {
  return requirements(...list.map(({ key, operator, values, minValues }) => requirement(key, operator, values, minValues)));
}

/** Labels as requirements: a map, or the entries of an object. */
export function labelRequirements(labels: Iterable<readonly [string, string]>): Requirements {
  return requirements(...Array.from(labels, ([key, value]) => requirement(key, 'In', [value])));
}

/** The set with further requirements; one whose key is there already is intersected with it. */
export function add(set: Requirements, ...more: readonly Requirement[]): Requirements {
  if (more.length === 0) return set;
  const byKey = new Map(set.byKey);
  for (const incoming of more) {
    const existing = byKey.get(incoming.key);
    byKey.set(incoming.key, existing === undefined ? incoming : intersection(incoming, existing));
  }
  const list = [...byKey.values()];
  return { list, byKey, hasMinValues: list.some(({ minValues }) => minValues !== undefined) };
}

/** The set without some keys. */
export function without(set: Requirements, keys: ReadonlySet<string>): Requirements {
  return requirements(...set.list.filter(({ key }) => !keys.has(key)));
}

/** The requirement on a key; a key that is not there allows anything. */
export function get(set: Requirements, key: string): Requirement {
  return set.byKey.get(key) ?? exists(key);
}

/** Whether each key that both sets have allows a common value. The first set is the one that is there, the second the one that comes. */
export function intersects(existing: Requirements, incoming: Requirements): boolean {
  const [few, many] = existing.list.length > incoming.list.length ? [incoming, existing] : [existing, incoming];
  for (const requirement of few.list) {
    const other = many.byKey.get(requirement.key);
    if (other !== undefined && !overlap(requirement, other)) return false;
  }
  return true;
}

/**
 * Whether the incoming requirements can be met: every key they demand is defined, may be undefined (`allowUndefined`, upstream
 * always the well-known labels) or is demanded leniently; and the sets intersect.
 */
export function isCompatible(existing: Requirements, incoming: Requirements, allowUndefined?: ReadonlySet<string>): boolean {
  for (const requirement of incoming.list) {
    const other = existing.byKey.get(requirement.key);
    if (other === undefined) {
      if (!isLenient(requirement) && !allowUndefined?.has(requirement.key)) return false;
    } else if (!overlap(requirement, other)) return false;
  }
  return true;
}

/** `isCompatible` with the reason. Upstream reports one undefined label before any conflict; where several would do, ours is the first. */
export function compatible(
  existing: Requirements,
  incoming: Requirements,
  allowUndefined?: ReadonlySet<string>,
): Refusal | undefined {
  if (isCompatible(existing, incoming, allowUndefined)) return undefined;
  for (const requirement of incoming.list) {
    const { key } = requirement;
    if (!existing.byKey.has(key) && !isLenient(requirement) && !allowUndefined?.has(key)) return { why: 'undefined', key };
  }
  return { why: 'disjoint', conflicts: conflicts(existing, incoming) };
}

/** The keys that keep two sets from intersecting. */
export function conflicts(existing: Requirements, incoming: Requirements): readonly Conflict[] {
  return incoming.list.flatMap((requirement) => {
    const other = existing.byKey.get(requirement.key);
    if (other === undefined || overlap(requirement, other)) return [];
    return [{ key: requirement.key, existing: other, incoming: requirement }];
  });
}

/** A label that need not exist on either side is no conflict, even if the values have nothing in common. */
function overlap(a: Requirement, b: Requirement): boolean {
  return a === b || hasIntersection(a, b) || (isLenient(a) && isLenient(b));
}
