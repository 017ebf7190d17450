import { hasIntersection, isLenient, type Requirement, requirement } from '../algebra/requirement.ts';
import {
  add,
  isCompatible,
  type NodeSelectorRequirement,
  noRequirements,
  type Requirements,
  requirements,
} from '../algebra/requirements.ts';

/**
 * Gives equal requirements, and equal sets of them, one identity, so that what has been worked out about a set is found again
 * by its number instead of being worked out for every pod and NodeClaim that has such a set.
 */
export class RequirementSpace {
  readonly wellKnown: ReadonlySet<string>;
  readonly empty: RequirementSet;
  readonly #requirements = new Map<string, Identified>();
  readonly #known = new WeakMap<Requirement, Identified>();
  readonly #sets = new Map<string, RequirementSet>();
  readonly #written = new WeakMap<NodeSelectorRequirement, Requirement>();

  constructor(wellKnown: ReadonlySet<string>) {
    this.wellKnown = wellKnown;
    this.empty = this.set(noRequirements);
  }

  set(from: Requirements): RequirementSet {
    const ids = from.list.map((requirement) => this.idOf(requirement)).sort((a, b) => a - b);
    const text = ids.join(' ');
    const known = this.#sets.get(text);
    if (known) return known;
    const made = new RequirementSet(this, this.#sets.size, requirements(...from.list.map((part) => this.requirement(part))));
    this.#sets.set(text, made);
    return made;
  }

  /** As `nodeSelectorRequirements`, but each written requirement is read once. */
  written(list: readonly NodeSelectorRequirement[]): Requirements {
    return requirements(
      ...list.map((one) => {
        const known = this.#written.get(one) ?? this.requirement(requirement(one.key, one.operator, one.values, one.minValues));
        this.#written.set(one, known);
        return known;
      }),
    );
  }

  requirement(from: Requirement): Requirement {
    return this.#identified(from).requirement;
  }

  idOf(requirement: Requirement): number {
    return this.#identified(requirement).id;
  }

  #identified(requirement: Requirement): Identified {
    const known = this.#known.get(requirement);
    if (known) return known;
    const text = textOf(requirement);
    const entry = this.#requirements.get(text) ?? { id: this.#requirements.size, requirement };
    this.#requirements.set(text, entry);
    this.#known.set(requirement, entry);
    return entry;
  }
}

/** The first requirement of all that are equal, and its number. */
interface Identified {
  readonly id: number;
  readonly requirement: Requirement;
}

/** Requirements with an identity. Made by `RequirementSpace.set` only; sets of different spaces must not meet. */
export class RequirementSet {
  readonly id: number;
  readonly requirements: Requirements;
  readonly #space: RequirementSpace;
  readonly #sums = new Map<number, RequirementSet>();
  readonly #compatible = new Map<number, boolean>();
  readonly #strictlyCompatible = new Map<number, boolean>();

  constructor(space: RequirementSpace, id: number, from: Requirements) {
    this.#space = space;
    this.id = id;
    this.requirements = from;
  }

  get(key: string): Requirement | undefined {
    return this.requirements.byKey.get(key);
  }

  /** Both at once. */
  add(other: RequirementSet): RequirementSet {
    if (other === this || other.requirements.list.length === 0) return this;
    let sum = this.#sums.get(other.id);
    if (!sum) {
      sum = this.#space.set(add(this.requirements, ...other.requirements.list));
      this.#sums.set(other.id, sum);
    }
    return sum;
  }

  /** Requirements.Compatible, well-known labels may be undefined: a pod meets a NodeClaim, a NodeClaim an offering. */
  isCompatible(incoming: RequirementSet): boolean {
    return remembered(this.#compatible, this, incoming, this.#space.wellKnown);
  }

  /** The same without that leave: a pod meets a node that exists. */
  isStrictlyCompatible(incoming: RequirementSet): boolean {
    return remembered(this.#strictlyCompatible, this, incoming, undefined);
  }
}

/** Requirements.Intersects for one key. */
export function overlap(a: Requirement, b: Requirement): boolean {
  return a === b || hasIntersection(a, b) || (isLenient(a) && isLenient(b));
}

function remembered(
  answers: Map<number, boolean>,
  existing: RequirementSet,
  incoming: RequirementSet,
  allowUndefined: ReadonlySet<string> | undefined,
): boolean {
  if (incoming.requirements.list.length === 0) return true;
  let answer = answers.get(incoming.id);
  if (answer === undefined) {
    answer = isCompatible(existing.requirements, incoming.requirements, allowUndefined);
    answers.set(incoming.id, answer);
  }
  return answer;
}

function textOf({ key, complement, values, gte, lte, minValues }: Requirement): string {
  const listed = [...values].sort().join('\u0000');
  return `${key}\u0000${complement ? '!' : ''}${gte ?? ''},${lte ?? ''},${minValues ?? ''}\u0000${values.size}\u0000${listed}`;
}
