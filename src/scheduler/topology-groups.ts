import type { Selector } from '../algebra/selector.ts';
import type { PodAffinityTerm } from '../model/cluster/affinity.ts';
import type { LabelSelector } from '../model/cluster/object-meta.ts';
import { type BoundPods, countDomains } from './bound-pods.ts';
import type { PodLabels } from './pod-labels.ts';
import type { Constraints } from './preferences.ts';
import type { RequirementSpace } from './requirement-space.ts';
import type { TopologyDomainGroups } from './topology-domain-groups.ts';
import { TopologyGroup, type TopologyRule, type TopologyType } from './topology-group.ts';
import { topologyIdentity } from './topology-identity.ts';
import { TopologyNodeFilter } from './topology-node-filter.ts';
import { affinityRule, selectorOf, withMatchLabelKeys } from './topology-terms.ts';

/** A group with what it takes to know which pods it selects. */
export interface SelectingGroup {
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

/** All groups of a run. They are never taken away; one that is made late knows the cluster, but nothing that this run has placed before. */
export class TopologyGroups {
  /** Of what pods want for themselves. */
  readonly direct: SelectingGroup[] = [];
  /** Of what keeps others away: required anti-affinity, of pods of the batch and of pods in place. */
  readonly inverse: SelectingGroup[] = [];
  readonly #source: TopologySource;
  readonly #byIdentity = new Map<string, SelectingGroup>();

  constructor(source: TopologySource) {
    this.#source = source;
    for (const { labels, constraints, nodeLabels } of source.bound.withAntiAffinity) {
      for (const group of this.repelling(labels, constraints)) {
        const domain = nodeLabels.get(group.rule.key);
        if (domain !== undefined) group.record(domain);
      }
    }
  }

  /** Of a pod's spread constraints, affinity and anti-affinity, preferences too unless they are ignored. */
  wanted(labels: PodLabels, constraints: Constraints): readonly SelectingGroup[] {
    return [...new Set([...this.#spreadGroups(labels, constraints), ...this.#affinityGroups(labels, constraints)])];
  }

  /** Of its required anti-affinity, seen from the others. */
  repelling({ namespace }: PodLabels, { podAntiAffinity, tolerations }: Constraints): readonly TopologyGroup[] {
    const groups = podAntiAffinity.map((term) => {
      const rule = affinityRule('pod anti-affinity', term);
      const make = (): TopologyGroup => this.#make(rule, tolerations);
      return this.#find(`inverse ${rule.type}`, rule, this.#namespaces(namespace, term), term.labelSelector, make, this.inverse);
    });
    return [...new Set(groups.map(({ group }) => group))];
  }

  #spreadGroups(labels: PodLabels, constraints: Constraints): readonly SelectingGroup[] {
    const { space, ignorePreferences } = this.#source;
    return constraints.spreads.flatMap((spread) => {
      if (ignorePreferences && spread.whenUnsatisfiable !== 'DoNotSchedule') return [];
      const { topologyKey = '', maxSkew = 0, minDomains, nodeTaintsPolicy = 'Ignore', nodeAffinityPolicy = 'Honor' } = spread;
      const filter = new TopologyNodeFilter(space, constraints, nodeTaintsPolicy, nodeAffinityPolicy);
      const rule: TopologyRule = { type: 'topology spread', key: topologyKey, maxSkew, minDomains, filter };
      const selector = withMatchLabelKeys(spread, labels.labels);
      const namespaces = new Set([labels.namespace]);
      const make = (): TopologyGroup => this.#counted(rule, constraints, namespaces, selector);
      return [this.#find('direct', rule, namespaces, selector, make, this.direct)];
    });
  }

  #affinityGroups({ namespace }: PodLabels, constraints: Constraints): readonly SelectingGroup[] {
    const { ignorePreferences } = this.#source;
    const preferred = (terms: Constraints['preferredPodAffinity']): readonly PodAffinityTerm[] =>
      ignorePreferences ? [] : terms.map(({ podAffinityTerm = {} }) => podAffinityTerm);
    const groupsOf = (type: TopologyType, terms: readonly PodAffinityTerm[]): readonly SelectingGroup[] =>
      terms.map((term) => {
        const rule = affinityRule(type, term);
        const namespaces = this.#namespaces(namespace, term);
        const make = (): TopologyGroup => this.#counted(rule, constraints, namespaces, term.labelSelector);
        return this.#find('direct', rule, namespaces, term.labelSelector, make, this.direct);
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
    groups: SelectingGroup[],
  ): SelectingGroup {
    const identity = pool + topologyIdentity(rule, namespaces, selector);
    const known = this.#byIdentity.get(identity);
    if (known) return known;
    const made: SelectingGroup = { group: make(), namespaces, selector: selectorOf(selector) ?? (() => false) };
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
