import { exists, has, intersection, type Requirement, requirement } from '../algebra/requirement.ts';
import type { RequirementSpace } from './requirement-space.ts';
import type { TopologyNodeFilter } from './topology-node-filter.ts';

export type TopologyType = 'topology spread' | 'pod affinity' | 'pod anti-affinity';

/** More requirements than any space holds, to make one number of two. */
const maxRequirements = 2 ** 24;

export interface TopologyRule {
  readonly type: TopologyType;
  readonly key: string;
  readonly maxSkew: number;
  readonly minDomains: number | undefined;
  /** Only spread constraints have one. */
  readonly filter: TopologyNodeFilter | undefined;
}

/** How many of the pods that a rule selects are in each domain of its key. Pods with the same rule share one group. */
export class TopologyGroup {
  readonly rule: TopologyRule;
  readonly #space: RequirementSpace;
  readonly #counts = new Map<string, number>();
  /** Every domain, in byte order: where upstream takes any, we take the first. */
  #domains: readonly string[] | undefined;
  #occupied = 0;
  /** By question, until a count changes. */
  readonly #answers = new Map<number, Requirement | null>();

  constructor(space: RequirementSpace, rule: TopologyRule, domains: Iterable<string>) {
    this.#space = space;
    this.rule = rule;
    for (const domain of domains) this.register(domain);
  }

  /** Makes a domain known that nothing may be in yet. */
  register(domain: string): void {
    if (this.#counts.has(domain)) return;
    this.#counts.set(domain, 0);
    this.#domains = undefined;
    this.#answers.clear();
  }

  record(domain: string): void {
    const count = this.#counts.get(domain);
    if (count === undefined) this.#domains = undefined;
    if (!count) this.#occupied++;
    this.#counts.set(domain, (count ?? 0) + 1);
    this.#answers.clear();
  }

  /**
   * For the host name, of which every candidate has exactly one: whether the pod may go there. `selfSelecting`: the group counts
   * the pod that asks.
   */
  admits(hostname: string, podDomains: Requirement | undefined, selfSelecting: boolean): boolean {
    const count = this.#counts.get(hostname) ?? 0;
    switch (this.rule.type) {
      case 'topology spread':
        // A new host can always be opened, so the least loaded one is taken to be empty.
        return count + (selfSelecting ? 1 : 0) <= this.rule.maxSkew;
      case 'pod anti-affinity':
        return count === 0;
      default:
        if (podDomains && !has(podDomains, hostname)) return false;
        return count > 0 || (selfSelecting && this.#mayBootstrap(podDomains ?? exists(this.rule.key)));
    }
  }

  /** The domains that a pod may use on a candidate, as a requirement; `undefined` if there is none. */
  next(
    podDomains: Requirement | undefined,
    nodeDomains: Requirement | undefined,
    selfSelecting: boolean,
  ): Requirement | undefined {
    const pod = podDomains ? this.#space.idOf(podDomains) + 1 : 0;
    const node = nodeDomains ? this.#space.idOf(nodeDomains) + 1 : 0;
    const question = (pod * maxRequirements + node) * 2 + (selfSelecting ? 1 : 0);
    const known = this.#answers.get(question);
    if (known !== undefined) return known === null ? undefined : known;
    const anything = exists(this.rule.key);
    const found = this.#find(podDomains ?? anything, nodeDomains ?? anything, selfSelecting);
    const answer = found.length === 0 ? undefined : this.#space.requirement(requirement(this.rule.key, 'In', found));
    this.#answers.set(question, answer ?? null);
    return answer;
  }

  #find(podDomains: Requirement, nodeDomains: Requirement, selfSelecting: boolean): readonly string[] {
    switch (this.rule.type) {
      case 'topology spread':
        return this.#leastLoaded(podDomains, nodeDomains, selfSelecting);
      case 'pod affinity':
        return this.#occupiedDomains(podDomains, nodeDomains, selfSelecting);
      default:
        return this.#sorted().filter((domain) => this.#isEmpty(domain) && has(nodeDomains, domain) && has(podDomains, domain));
    }
  }

  #leastLoaded(podDomains: Requirement, nodeDomains: Requirement, selfSelecting: boolean): readonly string[] {
    const least = this.#leastCount(podDomains);
    let best: string | undefined;
    let bestCount = Number.POSITIVE_INFINITY;
    for (const domain of this.#sorted()) {
      if (!has(nodeDomains, domain)) continue;
      const count = this.#count(domain) + (selfSelecting ? 1 : 0);
      if (count - least > this.rule.maxSkew || count >= bestCount) continue;
      best = domain;
      bestCount = count;
    }
    // Upstream cannot tell a domain without name from none.
    return best ? [best] : [];
  }

  /** Among the domains that the pod itself allows; with fewer of them than minDomains there is an empty one yet to come. */
  #leastCount(podDomains: Requirement): number {
    let least = 2 ** 31 - 1;
    let supported = 0;
    for (const domain of this.#sorted()) {
      if (!has(podDomains, domain)) continue;
      supported++;
      least = Math.min(least, this.#count(domain));
    }
    const { minDomains } = this.rule;
    return minDomains !== undefined && supported < minDomains ? 0 : least;
  }

  #occupiedDomains(podDomains: Requirement, nodeDomains: Requirement, selfSelecting: boolean): readonly string[] {
    const domains = this.#sorted();
    const occupied = domains.filter((domain) => !this.#isEmpty(domain) && has(podDomains, domain) && has(nodeDomains, domain));
    if (occupied.length > 0 || !selfSelecting || !this.#mayBootstrap(podDomains)) return occupied;
    // Upstream picks twice, once with the candidate in view and once without, and allows both.
    const both = intersection(podDomains, nodeDomains);
    const picks = [domains.find((domain) => has(both, domain)), domains.find((domain) => has(podDomains, domain))];
    return picks.filter((domain) => domain !== undefined);
  }

  /** The first pod of its kind may go anywhere, and so may one that no domain with such pods would take. */
  #mayBootstrap(podDomains: Requirement): boolean {
    if (this.#occupied === 0) return true;
    for (const [domain, count] of this.#counts) if (count > 0 && has(podDomains, domain)) return false;
    return true;
  }

  #isEmpty(domain: string): boolean {
    return this.#count(domain) === 0;
  }

  #count(domain: string): number {
    return this.#counts.get(domain) ?? 0;
  }

  #sorted(): readonly string[] {
    this.#domains ??= [...this.#counts.keys()].sort();
    return this.#domains;
  }
}
