import type { Requirement } from '../algebra/requirement.ts';
import { requirements } from '../algebra/requirements.ts';
import type { Taint } from '../algebra/taints.ts';
import type { PodLabels, SelectingGroups } from './pod-labels.ts';
import { type HostedRequirements, hostnameKey } from './pod-requirements.ts';
import type { Constraints } from './preferences.ts';
import type { RequirementSet, RequirementSpace } from './requirement-space.ts';
import type { TopologyGroup, TopologyRule } from './topology-group.ts';
import { type SelectingGroup, TopologyGroups, type TopologySource } from './topology-groups.ts';

/** The groups that a pod's own constraints belong to, and for each whether it counts the pod itself. */
export interface OwnedGroups {
  readonly direct: readonly { readonly group: TopologyGroup; readonly selfSelecting: boolean }[];
  /** Of its required anti-affinity: what keeps the pods it does not want away from where it is. */
  readonly inverse: readonly TopologyGroup[];
}

export const ownsNothing: OwnedGroups = { direct: [], inverse: [] };

/** Where a pod is about to go, or has gone. */
export interface Candidate {
  readonly taints: readonly Taint[];
  /** `In` with the one name. */
  readonly hostname: Requirement;
}

/** Topology: which domains pods may still use, given what is placed already and what this run has placed. */
export class Topology {
  readonly #space: RequirementSpace;
  readonly #groups: TopologyGroups;
  readonly #single = new Map<Requirement, RequirementSet>();

  constructor(source: TopologySource) {
    this.#space = source.space;
    this.#groups = new TopologyGroups(source);
  }

  /** Finds or makes the groups of a pod's constraints. */
  own(labels: PodLabels, constraints: Constraints): OwnedGroups {
    const inverse = this.#groups.repelling(labels, constraints);
    const direct = this.#groups.wanted(labels, constraints).map(({ group, namespaces, selector }) => ({
      group,
      selfSelecting: namespaces.has(labels.namespace) && selector(labels.labels),
    }));
    return { direct, inverse };
  }

  /** AddRequirements: the candidate's requirements with the domains that all groups allow, or the rule that allows none. */
  narrow(
    labels: PodLabels,
    owned: OwnedGroups,
    pod: HostedRequirements,
    candidate: RequirementSet,
    { hostname }: Candidate,
  ): RequirementSet | TopologyRule {
    let narrowed = candidate;
    for (const { group, selfSelecting } of owned.direct) {
      const next = this.#next(group, selfSelecting, pod, candidate, hostname);
      if (!next) return group.rule;
      narrowed = narrowed.add(next);
    }
    for (const group of this.#selecting(labels, labels.inverse, this.#groups.inverse)) {
      const next = this.#next(group, true, pod, candidate, hostname);
      if (!next) return group.rule;
      narrowed = narrowed.add(next);
    }
    return narrowed;
  }

  /** Whether the candidate's host is out of the question; cheaper than `narrow`, and most refusals are of this kind. */
  refusesHost(labels: PodLabels, owned: OwnedGroups, pod: HostedRequirements, { hostname }: Candidate): boolean {
    for (const { group, selfSelecting } of owned.direct) {
      if (group.rule.key === hostnameKey && !group.admits(hostname.only ?? '', pod.hostname, selfSelecting)) return true;
    }
    for (const group of this.#selecting(labels, labels.inverse, this.#groups.inverse)) {
      if (group.rule.key === hostnameKey && !group.admits(hostname.only ?? '', pod.hostname, true)) return true;
    }
    return false;
  }

  record(labels: PodLabels, owned: OwnedGroups, placed: RequirementSet, { taints, hostname }: Candidate): void {
    for (const group of this.#selecting(labels, labels.direct, this.#groups.direct)) {
      const { key, type, filter } = group.rule;
      if (filter && !filter.matches(taints, placed, hostname)) continue;
      const domains = key === hostnameKey ? hostname : placed.get(key);
      // Anti-affinity must keep clear of every domain where the pod could end up; the others count it once it is decided.
      if (type === 'pod anti-affinity') for (const domain of domains?.values ?? []) group.record(domain);
      else if (domains?.only !== undefined) group.record(domains.only);
    }
    for (const group of owned.inverse) {
      const domains = group.rule.key === hostnameKey ? hostname : placed.get(group.rule.key);
      for (const domain of domains?.values ?? []) group.record(domain);
    }
  }

  #next(
    group: TopologyGroup,
    selfSelecting: boolean,
    pod: HostedRequirements,
    candidate: RequirementSet,
    hostname: Requirement,
  ): RequirementSet | undefined {
    const { key } = group.rule;
    if (key === hostnameKey) {
      return group.admits(hostname.only ?? '', pod.hostname, selfSelecting) ? this.#space.empty : undefined;
    }
    const domains = group.next(pod.set.get(key), candidate.get(key), selfSelecting);
    return domains && this.#asSet(domains);
  }

  #asSet(domains: Requirement): RequirementSet {
    let set = this.#single.get(domains);
    if (!set) {
      set = this.#space.set(requirements(domains));
      this.#single.set(domains, set);
    }
    return set;
  }

  #selecting(labels: PodLabels, memo: SelectingGroups, all: readonly SelectingGroup[]): readonly TopologyGroup[] {
    for (; memo.looked < all.length; memo.looked++) {
      const { group, namespaces, selector } = all[memo.looked] as SelectingGroup;
      if (namespaces.has(labels.namespace) && selector(labels.labels)) memo.groups.push(group);
    }
    return memo.groups;
  }
}
