import type { Requirement } from '../algebra/requirement.ts';
import { add, labelRequirements, type Requirements } from '../algebra/requirements.ts';
import { type Taint, toleratesPod } from '../algebra/taints.ts';
import type { PodToleration } from '../model/cluster/taint.ts';
import { type HostedRequirements, hosted, termRequirements } from './pod-requirements.ts';
import type { Constraints } from './preferences.ts';
import { overlap, type RequirementSet, type RequirementSpace } from './requirement-space.ts';

/** Which nodes a spread constraint counts: those that the pod which made the constraint could use, as far as its policies say so. */
export class TopologyNodeFilter {
  /** What upstream's hash sees of it: of each alternative only the keys, and pairs of equal ones cancel. */
  readonly identity: string;
  readonly honorsTaints: boolean;
  readonly #honorsAffinity: boolean;
  readonly #alternatives: readonly HostedRequirements[];
  readonly #tolerations: readonly PodToleration[];
  readonly #tolerated = new Map<readonly Taint[], boolean>();

  constructor(space: RequirementSpace, constraints: Constraints, taintsPolicy: string, affinityPolicy: string) {
    const alternatives = alternativesOf(constraints);
    this.honorsTaints = taintsPolicy === 'Honor';
    this.#honorsAffinity = affinityPolicy === 'Honor';
    this.#alternatives = alternatives.map((one) => hosted(space, one));
    this.#tolerations = constraints.tolerations;
    const keys = alternatives.map(({ byKey }) => [...byKey.keys()].sort().join(','));
    const tolerations = constraints.tolerations.map(tolerationIdentity);
    this.identity = JSON.stringify([oddOnes(keys), taintsPolicy, affinityPolicy, oddOnes(tolerations)]);
  }

  /** Never with leave for undefined well-known labels, not even for a NodeClaim to come: upstream forgets to pass it on. */
  matches(taints: readonly Taint[], set: RequirementSet, hostname: Requirement): boolean {
    return (!this.#honorsAffinity || this.#matchesAffinity(set, hostname)) && (!this.honorsTaints || this.#tolerates(taints));
  }

  /** A node that exists counts by its own labels; the host name may be missing among them. */
  matchesLabels(space: RequirementSpace, taints: readonly Taint[], labels: Requirements): boolean {
    const { set, hostname } = hosted(space, labels);
    if (hostname) return this.matches(taints, set, hostname);
    const affinity =
      !this.#honorsAffinity ||
      this.#alternatives.length === 0 ||
      this.#alternatives.some((one) => (!one.hostname || lenient(one.hostname)) && set.isStrictlyCompatible(one.set));
    return affinity && (!this.honorsTaints || this.#tolerates(taints));
  }

  #matchesAffinity(set: RequirementSet, hostname: Requirement): boolean {
    if (this.#alternatives.length === 0) return true;
    return this.#alternatives.some(
      (one) => set.isStrictlyCompatible(one.set) && (!one.hostname || overlap(hostname, one.hostname)),
    );
  }

  #tolerates(taints: readonly Taint[]): boolean {
    let answer = this.#tolerated.get(taints);
    if (answer === undefined) {
      answer = toleratesPod(taints, this.#tolerations);
      this.#tolerated.set(taints, answer);
    }
    return answer;
  }
}

function alternativesOf({ nodeSelector, requiredTerms }: Constraints): readonly Requirements[] {
  const selected = labelRequirements(Object.entries(nodeSelector));
  return requiredTerms ? requiredTerms.map((term) => add(selected, ...termRequirements(term).list)) : [selected];
}

function lenient({ operator }: Requirement): boolean {
  return operator === 'NotIn' || operator === 'DoesNotExist';
}

/** Upstream hashes lists as sets by exclusive or, where two equal elements leave nothing. */
export function oddOnes(elements: readonly string[]): readonly string[] {
  const odd = new Set<string>();
  for (const element of elements) if (!odd.delete(element)) odd.add(element);
  return [...odd].sort();
}

function tolerationIdentity({ key = '', operator = '', value = '', effect = '', tolerationSeconds = 0 }: PodToleration): string {
  return JSON.stringify([key, operator, value, effect, tolerationSeconds]);
}
