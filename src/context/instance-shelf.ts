import { wordsOf } from '../algebra/requirement.ts';
import type { Requirements } from '../algebra/requirements.ts';
import type { Minor } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { type InstanceTypeInfo, infoOfRow } from '../catalog/instance-type-info.ts';
import type { LabelIndex } from '../catalog/label-index.ts';
import type { ResourceList } from '../catalog/resource-list.ts';
import { admit } from '../catalog/select.ts';
import type { TypeSet } from '../catalog/type-set.ts';
import { keep } from './keep.ts';
import type { ReadNodeClass } from './node-class-facts.ts';
import type { TypesLeft } from './types-left.ts';

/** What was worked out of one catalog for one Karpenter and one place, whatever the input: an edge that judges often keeps it. */
export interface InstanceShelf {
  /** Shared by classes that look alike to labels. */
  readonly indexes: Map<string, { readonly index: LabelIndex; readonly admitted: typeof admit }>;
  readonly fits: Map<string, Fit>;
  readonly infos: TypeInfos;
  /** By class; without one, that of any class. */
  readonly offers: WeakMap<object, Offer>;
}

/** What a class offers, whatever its pools ask for. */
export interface Offer {
  readonly nodeClass: ReadNodeClass | undefined;
  readonly fit: Fit;
  readonly infos: TypeInfos;
}

/** Shared by classes that say the same of their nodes. */
export interface Fit {
  readonly left: (requirements: Requirements) => TypesLeft;
  /** What a type holds there. */
  readonly capacities: Map<InstanceTypeInfo, ResourceList>;
}

/** The sizes of a type by its row; undefined where the tables do not say. */
export type TypeInfos = (row: number) => InstanceTypeInfo | undefined;

export function instanceShelf(catalog: Catalog, { karpenter }: { readonly karpenter: Minor }): InstanceShelf {
  return { indexes: new Map(), fits: new Map(), infos: typeInfos(catalog, karpenter), offers: new WeakMap() };
}

/** Pools differ in a few requirements: most are asked over and over. */
export function remembering(): typeof admit {
  const known = new Map<string, TypeSet>();
  return (label, requirement) => {
    const question = wordsOf(requirement);
    const admitted = known.get(question) ?? admit(label, requirement);
    keep(known, question, admitted);
    return admitted;
  };
}

/** Read once per type, whatever the number of pools and classes. */
function typeInfos({ types }: Catalog, karpenter: Minor): TypeInfos {
  const read = new Map<number, InstanceTypeInfo | undefined>();
  return (row) => {
    if (!read.has(row)) {
      const info = infoOfRow(types, row, karpenter);
      read.set(row, info.known ? info.value : undefined);
    }
    return read.get(row);
  };
}
