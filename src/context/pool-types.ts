import type { Minor } from '../algebra/version.ts';
import { hasAccelerators } from '../catalog/accelerators.ts';
import { capacity } from '../catalog/capacity.ts';
import type { InstanceTypeInfo } from '../catalog/instance-type-info.ts';
import type { NodeClassFacts, ProviderSettings } from '../catalog/node-class-facts.ts';
import type { ResourceList } from '../catalog/resource-list.ts';
import type { TypeSet } from '../catalog/type-set.ts';
import { fact } from '../catalog/type-table.ts';
import type { InstanceSet } from './instance-set.ts';
import { onceFor } from './once.ts';

/**
 * Every type that a pool might launch, with its sizes: what a claim about all types may stand on. Undefined where there is
 * none, or where a placeholder, a value newer than the catalog or a type without known sizes could break the claim.
 */
export function allTypes(set: InstanceSet): readonly InstanceTypeInfo[] | undefined {
  if (!set.isKnown || set.unlisted.size > 0 || set.possible.isEmpty) return undefined;
  return sizedTypes(set, set.possible);
}

/**
 * Whether something holds of every type that a pool might launch; undefined where that cannot be told. Of a type that the tables
 * only name it is taken to hold if it does of every documented one of its category.
 */
export function holdsOfAll(set: InstanceSet, holds: (info: InstanceTypeInfo) => boolean): boolean | undefined {
  if (!set.isKnown || set.unlisted.size > 0 || set.matches.isEmpty) return undefined;
  if (!someTypes(set).every(holds)) return false;
  const { types } = set.index;
  const categoryOf = (row: number): string => fact(types, row, 'category') ?? '';
  const categories = new Set<string>();
  for (const row of set.possible.rows()) {
    const info = set.info(row);
    if (info && !holds(info)) return undefined;
    if (!info) categories.add(categoryOf(row));
  }
  const kin = (category: string): readonly InstanceTypeInfo[] =>
    types.names.flatMap((_, row) => (categoryOf(row) === category ? (set.info(row) ?? []) : []));
  return [...categories].every((category) => kin(category).length > 0 && kin(category).every(holds)) || undefined;
}

/** The sizes of the types of a set; undefined where those of one are not known. */
export function sizedTypes({ info }: InstanceSet, among: TypeSet): readonly InstanceTypeInfo[] | undefined {
  return onceFor(sized, among, () => ({ types: sizesOf(info, among) })).types;
}

/** Sets are shared by pools that ask the same, and several rules look at their types. */
const sized = new WeakMap<TypeSet, { readonly types: readonly InstanceTypeInfo[] | undefined }>();

function sizesOf(info: InstanceSet['info'], among: TypeSet): readonly InstanceTypeInfo[] | undefined {
  const infos: InstanceTypeInfo[] = [];
  for (const row of among.rows()) {
    const found = info(row);
    if (!found) return undefined;
    infos.push(found);
  }
  return infos;
}

/** Documented types that a pool may launch, for claims that one type is enough for. */
export function someTypes({ isKnown, matches, info }: InstanceSet): readonly InstanceTypeInfo[] {
  if (!isKnown) return [];
  return onceFor(documented, matches, () => matches.rows().flatMap((row) => info(row) ?? []));
}

const documented = new WeakMap<TypeSet, readonly InstanceTypeInfo[]>();

/** Whether all types carry accelerators, which is what makes a pool one for accelerators; false where it cannot be told. */
export function isAccelerated(set: InstanceSet): boolean {
  return set.isKnown && onceFor(accelerated, set.matches, () => holdsOfAll(set, hasAccelerators) ?? false);
}

/** Several rules ask of every pool, and all but whether a set is known is the same where pools ask the same. */
const accelerated = new WeakMap<TypeSet, boolean>();

/** A type's resources on a node of the pool's class; of a class that is not in view, as on any Linux class. */
export function capacityIn({ nodeClass, capacities }: InstanceSet, karpenter: Minor): (info: InstanceTypeInfo) => ResourceList {
  const facts: NodeClassFacts = nodeClass?.facts ?? { amiFamily: 'AL2023' };
  const settings: ProviderSettings = { karpenter, region: '', zones: [] };
  return (info) => {
    let known = capacities.get(info);
    if (!known) {
      known = capacity(info, facts, settings);
      capacities.set(info, known);
    }
    return known;
  };
}
