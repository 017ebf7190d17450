import type { Requirement } from '../algebra/requirement.ts';
import { requirements } from '../algebra/requirements.ts';
import { type Labels, labelSelector, type Selector } from '../algebra/selector.ts';
import type { Taint } from '../algebra/taints.ts';
import type { PodAffinityTerm, TopologySpreadConstraint } from '../model/cluster/affinity.ts';
import type { LabelSelector } from '../model/cluster/object-meta.ts';
import { type BoundPods, countDomains } from './bound-pods.ts';
import type { PodLabels, SelectingGroups } from './pod-labels.ts';
import { type HostedRequirements, hostnameKey } from './pod-requirements.ts';
import type { Constraints } from './preferences.ts';
import type { RequirementSet, RequirementSpace } from './requirement-space.ts';
import type { TopologyDomainGroups } from './topology-domain-groups.ts';
import { TopologyGroup, type TopologyRule, type TopologyType } from './topology-group.ts';
import { topologyIdentity } from './topology-identity.ts';
import { TopologyNodeFilter } from './topology-node-filter.ts';

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

interface Selecting {
  readonly group: TopologyGroup;
  readonly namespaces: ReadonlySet<string>;
  readonly selector: Selector;
}

export interface TopologySource {
  readonly space: RequirementSpace;
  readonly domainGroups: TopologyDomainGroups;
  readonly ignorePreferences: boolean;
  readonly bound: BoundPods;
}

/** Topology: which domains pods may still use, given what is placed already and what this run has placed. */
export class Topology {
  readonly #source: TopologySource;
  readonly #direct: Selecting[] = [];
  readonly #inverse: Selecting[] = [];
  readonly #byIdentity = new Map<string, Selecting>();
  readonly #single = new Map<Requirement, RequirementSet>();

  constructor(source: TopologySource) {
    this.#source = source;
    for (const { labels, constraints, nodeLabels } of source.bound.withAntiAffinity) {
      for (const group of this.#inverseGroups(labels, constraints)) {
        const domain = nodeLabels.get(group.rule.key);
        if (domain !== undefined) group.record(domain);
      }
    }
  }

  /** Finds or makes the groups of a pod's constraints. A group made now knows the cluster, but nothing that this run has placed before. */
  own(labels: PodLabels, constraints: Constraints): OwnedGroups {
    const inverse = this.#inverseGroups(labels, constraints);
    const found = new Set([...this.#spreadGroups(labels, constraints), ...this.#affinityGroups(labels, constraints)]);
    const direct = [...found].map(({ group, namespaces, selector }) => ({
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
    for (const group of this.#selecting(labels, labels.inverse, this.#inverse)) {
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
    for (const group of this.#selecting(labels, labels.inverse, this.#inverse)) {
      if (group.rule.key === hostnameKey && !group.admits(hostname.only ?? '', pod.hostname, true)) return true;
    }
    return false;
  }

  record(labels: PodLabels, owned: OwnedGroups, placed: RequirementSet, { taints, hostname }: Candidate): void {
    for (const group of this.#selecting(labels, labels.direct, this.#direct)) {
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
      return group.admits(hostname.only ?? '', pod.hostname, selfSelecting) ? this.#source.space.empty : undefined;
    }
    const domains = group.next(pod.set.get(key), candidate.get(key), selfSelecting);
    return domains && this.#asSet(domains);
  }

  #asSet(domains: Requirement): RequirementSet {
    let set = this.#single.get(domains);
    if (!set) {
      set = this.#source.space.set(requirements(domains));
      this.#single.set(domains, set);
    }
    return set;
  }

  #selecting(labels: PodLabels, memo: SelectingGroups, all: readonly Selecting[]): readonly TopologyGroup[] {
    for (; memo.looked < all.length; memo.looked++) {
      const { group, namespaces, selector } = all[memo.looked] as Selecting;
      if (namespaces.has(labels.namespace) && selector(labels.labels)) memo.groups.push(group);
    }
    return memo.groups;
  }

  #inverseGroups({ namespace }: PodLabels, { podAntiAffinity, tolerations }: Constraints): readonly TopologyGroup[] {
    const groups = podAntiAffinity.map((term) => {
      const rule = affinityRule('pod anti-affinity', term);
      const make = (): TopologyGroup => this.#make(rule, tolerations);
      return this.#find(`inverse ${rule.type}`, rule, this.#namespaces(namespace, term), term.labelSelector, make, this.#inverse);
    });
    return [...new Set(groups.map(({ group }) => group))];
  }

  #spreadGroups(labels: PodLabels, constraints: Constraints): readonly Selecting[] {
    const { space, ignorePreferences } = this.#source;
    return constraints.spreads.flatMap((spread) => {
      if (ignorePreferences && spread.whenUnsatisfiable !== 'DoNotSchedule') return [];
      const { topologyKey = '', maxSkew = 0, minDomains, nodeTaintsPolicy = 'Ignore', nodeAffinityPolicy = 'Honor' } = spread;
      const filter = new TopologyNodeFilter(space, constraints, nodeTaintsPolicy, nodeAffinityPolicy);
      const rule: TopologyRule = { type: 'topology spread', key: topologyKey, maxSkew, minDomains, filter };
      const selector = withMatchLabelKeys(spread, labels.labels);
      const namespaces = new Set([labels.namespace]);
      const make = (): TopologyGroup => this.#counted(rule, constraints, namespaces, selector);
      return [this.#find('direct', rule, namespaces, selector, make, this.#direct)];
    });
  }

  #affinityGroups({ namespace }: PodLabels, constraints: Constraints): readonly Selecting[] {
    const { ignorePreferences } = this.#source;
    const preferred = (terms: Constraints['preferredPodAffinity']): readonly PodAffinityTerm[] =>
      ignorePreferences ? [] : terms.map(({ podAffinityTerm = {} }) => podAffinityTerm);
    const groupsOf = (type: TopologyType, terms: readonly PodAffinityTerm[]): readonly Selecting[] =>
      terms.map((term) => {
        const rule = affinityRule(type, term);
        const namespaces = this.#namespaces(namespace, term);
        const make = (): TopologyGroup => this.#counted(rule, constraints, namespaces, term.labelSelector);
        return this.#find('direct', rule, namespaces, term.labelSelector, make, this.#direct);
      });
    const { podAffinity, preferredPodAffinity, podAntiAffinity, preferredPodAntiAffinity } = constraints;
    return [
      ...groupsOf('pod affinity', [...podAffinity, ...preferred(preferredPodAffinity)]),
      ...groupsOf('pod anti-affinity', [...podAntiAffinity, ...preferred(preferredPodAntiAffinity)]),
    ];
  }

  #find(
    pool: string,
    rule: TopologyRule,
    namespaces: ReadonlySet<string>,
    selector: LabelSelector | undefined,
    make: () => TopologyGroup,
    groups: Selecting[],
  ): Selecting {
    const identity = pool + topologyIdentity(rule, namespaces, selector);
    const known = this.#byIdentity.get(identity);
    if (known) return known;
    const made: Selecting = { group: make(), namespaces, selector: selectorOf(selector) ?? (() => false) };
    this.#byIdentity.set(identity, made);
    groups.push(made);
    return made;
  }

  #make(rule: TopologyRule, tolerations: Constraints['tolerations']): TopologyGroup {
    const { space, domainGroups } = this.#source;
    // Affinities have no taints policy, and upstream takes everything but Ignore for Honor.
    const honorTaints = !rule.filter || rule.filter.honorsTaints;
    return new TopologyGroup(space, rule, domainGroups.domains(rule.key, tolerations, honorTaints));
  }

  #counted(
    rule: TopologyRule,
    { tolerations }: Constraints,
    namespaces: ReadonlySet<string>,
    selector: LabelSelector | undefined,
  ): TopologyGroup {
    const group = this.#make(rule, tolerations);
    // Without a selector a constraint selects no pod and yet counts every one in its namespaces.
    const counts = selector ? (selectorOf(selector) ?? (() => false)) : () => true;
    countDomains(group, this.#source.space, this.#source.bound, namespaces, counts);
    return group;
  }

  #namespaces(own: string, { namespaces = [], namespaceSelector }: PodAffinityTerm): ReadonlySet<string> {
    if (!namespaceSelector) return new Set(namespaces.length > 0 ? namespaces : [own]);
    const selects = selectorOf(namespaceSelector) ?? (() => false);
    const selected = [...this.#source.bound.namespaces].filter(([, labels]) => selects(labels)).map(([name]) => name);
    return new Set([...selected, ...namespaces]);
  }
}

function affinityRule(type: TopologyType, { topologyKey = '' }: PodAffinityTerm): TopologyRule {
  return { type, key: topologyKey, maxSkew: 2 ** 31 - 1, minDomains: undefined, filter: undefined };
}

/** Splits the pods of a workload by revision, say: only those with the same value count together. */
function withMatchLabelKeys(
  { labelSelector: selector, matchLabelKeys = [] }: TopologySpreadConstraint,
  labels: Labels,
): LabelSelector | undefined {
  const pairs = matchLabelKeys.flatMap((key) => {
    const value = labels.get(key);
    return value === undefined ? [] : [{ key, operator: 'In', values: [value] }];
  });
  if (!selector || pairs.length === 0) return selector;
  return { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...pairs] };
}

function selectorOf(selector: LabelSelector | undefined): Selector | undefined {
  if (!selector) return labelSelector(undefined);
  const matchExpressions = (selector.matchExpressions ?? []).map(({ key = '', operator = '', values = [] }) => ({
    key,
    operator,
    values,
  }));
  return labelSelector({ matchLabels: selector.matchLabels ?? {}, matchExpressions });
}
