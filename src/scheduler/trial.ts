import type { Requirements } from '../algebra/requirements.ts';
import type { Labels } from '../algebra/selector.ts';
import type { Taint } from '../algebra/taints.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { hasBit, isEmptyBits } from './bits.ts';
import { Daemons } from './daemon-overhead.ts';
import type { DaemonPod } from './daemon-pod.ts';
import type { InstanceTypeTable } from './instance-type-table.ts';
import { PoolLimits } from './limits.ts';
import { newClaim } from './new-claim.ts';
import type { ClaimTools, NodeClaim, Placement } from './node-claim.ts';
import { nodeClaimTemplate } from './node-claim-template.ts';
import { resourcesOf } from './pod-requests.ts';
import type { PodShape } from './pod-shape.ts';
import type { Ignored } from './pod-validation.ts';
import type { PoolTables } from './pool-tables.ts';
import { isReady } from './pools.ts';
import type { ScheduledPod } from './queue.ts';
import { isFinal, type Refusal } from './refusal.ts';
import { Reservations } from './reservations.ts';
import type { NewNodeClaim } from './results.ts';
import type { OpenTemplate } from './run-state.ts';
import type { OfferedPool } from './scheduler.ts';
import type { SchedulerSettings } from './settings.ts';
import { taintRefusal } from './taint-refusal.ts';
import { ownsNothing, Topology } from './topology.ts';
import { TopologyDomainGroups } from './topology-domain-groups.ts';
import type { TrialPod } from './trial-pod.ts';

export type TrialRefusal =
  | Refusal
  | { readonly category: 'ignored'; readonly ignored: Ignored }
  | { readonly category: 'not-ready' };

/** `level`: how many preferences were given up before it was decided. */
export type TrialAnswer =
  | { readonly fits: true; readonly level: number; readonly requirements: Requirements; launch(): Launch }
  | { readonly fits: false; readonly level: number; readonly refusal: TrialRefusal };

/** The claim that would be created, and which DaemonSets run on a node of each of its types. */
export interface Launch {
  readonly claim: NewNodeClaim;
  daemonsOn(type: InstanceType): readonly DaemonPod[];
}

/** What a trial needs beside its pool: the DaemonSets that a new node carries, and the labels of namespaces. */
export interface TrialCluster {
  readonly daemons: readonly DaemonPod[];
  readonly namespaces: ReadonlyMap<string, Labels>;
}

/**
 * One pool of a cluster without machines, asked about pods each of which is alone: what `Scheduler.solve` would say, without the
 * work that only several pods or several pools make. No answer depends on the ones before.
 */
export class Trial {
  readonly #offered: OfferedPool;
  readonly #cluster: TrialCluster;
  readonly #tables: PoolTables;
  readonly #settings: SchedulerSettings;
  readonly #table: InstanceTypeTable;
  readonly #isReady: boolean;
  readonly #firmTaints: readonly Taint[];
  readonly #toleratePreferNoSchedule: boolean;
  readonly #domainGroups: TopologyDomainGroups;
  readonly #nobody: Topology;
  /** `version`: of the axis along which its amounts were written down. */
  #open: { readonly version: number; readonly template: OpenTemplate | undefined } | undefined;

  constructor(offered: OfferedPool, cluster: TrialCluster, tables: PoolTables, settings: SchedulerSettings) {
    this.#offered = offered;
    this.#cluster = cluster;
    this.#tables = tables;
    this.#settings = settings;
    this.#table = tables.of(offered.types ?? []);
    this.#isReady = offered.types !== undefined && isReady(offered.pool, tables.karpenter);
    const { taints } = offered.pool.spec.template;
    this.#firmTaints = taints.filter(({ effect }) => effect !== 'PreferNoSchedule');
    this.#toleratePreferNoSchedule = this.#firmTaints.length < taints.length;
    this.#domainGroups = new TopologyDomainGroups([{ pool: offered.pool, table: this.#table }]);
    this.#nobody = this.#topology();
  }

  ask(pod: TrialPod): TrialAnswer {
    const { ignored } = pod;
    if (ignored) return { fits: false, level: 0, refusal: { category: 'ignored', ignored } };
    if (!this.#isReady) return { fits: false, level: 0, refusal: { category: 'not-ready' } };
    const first = pod.shape(this.#toleratePreferNoSchedule);
    if (first.fixed.claimsDevices) return { fits: false, level: 0, refusal: { category: 'dra' } };
    const open = this.#template();
    if (!open) return { fits: false, level: 0, refusal: { category: 'no-templates' } };
    const refusal = this.#plainRefusal(first, open);
    return refusal ? { fits: false, level: 0, refusal } : this.#decide(pod, first, open);
  }

  /** Whether it refuses every pod. */
  get isClosed(): boolean {
    return !this.#isReady || this.#template() === undefined;
  }

  /** The refusal that every pod gets which has the same tolerations and demands the same of a node's labels, whatever else it is. */
  plainRefusal(pod: TrialPod): Refusal | undefined {
    if (pod.ignored || !this.#isReady) return undefined;
    const first = pod.shape(this.#toleratePreferNoSchedule);
    const open = first.fixed.claimsDevices ? undefined : this.#template();
    return open && this.#plainRefusal(first, open);
  }

  /** What the attempt would end with whatever preferences were given up: most refusals are of this kind. */
  #plainRefusal({ constraints, strict }: PodShape, { template, limits }: OpenTemplate): Refusal | undefined {
    if (limits.nodesExhausted || isEmptyBits(limits.within(template))) return undefined;
    const inTheWay = taintRefusal(this.#firmTaints, constraints.tolerations);
    if (inTheWay) return inTheWay;
    const hasAlternatives = (constraints.requiredTerms ?? []).length > 1;
    return hasAlternatives || template.requirements.isCompatible(strict.set) ? undefined : { category: 'pod-requirements' };
  }

  /** As a run does it: with all preferences, then with one less, and so on. */
  #decide({ key, pod, isTopological }: TrialPod, first: PodShape, open: OpenTemplate): TrialAnswer {
    const topology = isTopological ? this.#topology() : this.#nobody;
    const tools = this.#tools(topology);
    for (let shape = first, level = 0; ; level++) {
      const scheduled: ScheduledPod = { key, pod, shape, owned: isTopological ? shape.owned(topology) : ownsNothing };
      const made = newClaim(open, scheduled, tools, this.#settings.minValuesPolicy === 'BestEffort', () => 'a-new-node');
      if (!('category' in made)) return this.#finished(level, scheduled, made, open);
      const less = isFinal(made) ? undefined : shape.relaxed();
      if (!less) return { fits: false, level, refusal: made };
      shape = less;
    }
  }

  #finished(
    level: number,
    pod: ScheduledPod,
    { claim, placement }: { readonly claim: NodeClaim; readonly placement: Placement },
    open: OpenTemplate,
  ): TrialAnswer {
    let made: NewNodeClaim | undefined;
    const finish = (): NewNodeClaim | undefined => {
      if (claim.pods.length === 0) {
        claim.add(pod, placement);
        made = this.#tables.finalizer.finalize(claim, placement.minValuesRelaxed);
      }
      return made;
    };
    // Too many types are cut off, and minValues may then be missed: only then does it take a finished claim to know.
    if (placement.requirements.requirements.hasMinValues && !finish())
      return { fits: false, level, refusal: { category: 'min-values-after-truncation' } };
    const daemonsOn = (type: InstanceType): readonly DaemonPod[] => {
      const place = this.#table.placeOf.get(type) ?? -1;
      return open.groups.find(({ types }) => hasBit(types, place))?.daemons ?? [];
    };
    return {
      fits: true,
      level,
      requirements: placement.requirements.requirements,
      launch: () => {
        const finished = finish();
        if (!finished) throw new Error('a claim without minValues cannot miss them');
        return { claim: finished, daemonsOn };
      },
    };
  }

  #template(): OpenTemplate | undefined {
    const { axis, space, minValues } = this.#tables;
    if (this.#open?.version !== axis.version) {
      const { pool } = this.#offered;
      const template = nodeClaimTemplate(space, pool, this.#table, minValues);
      const limits = resourcesOf(pool.spec.limits);
      const daemons = new Daemons(space, axis, this.#cluster.daemons);
      axis.note(limits);
      const open = template && {
        template,
        groups: daemons.groups(template),
        limits: new PoolLimits(axis, limits),
        minValuesRelaxed: false,
      };
      this.#open = { version: axis.version, template: open };
    }
    return this.#open.template;
  }

  #topology(): Topology {
    return new Topology({
      space: this.#tables.space,
      domainGroups: this.#domainGroups,
      ignorePreferences: this.#settings.preferencePolicy === 'Ignore',
      bound: { namespaces: this.#cluster.namespaces, nodes: [], pods: [], withAntiAffinity: [] },
    });
  }

  #tools(topology: Topology): ClaimTools {
    const { space, axis, minValues, fullReservations } = this.#tables;
    const { reservedCapacity: enabled, reservedOfferingMode } = this.#settings;
    return {
      space,
      axis,
      topology,
      minValues,
      reservations: new Reservations([this.#table.offerings.reservations]),
      reservationRule: { enabled, strict: reservedOfferingMode === 'Strict', fullReservations },
    };
  }
}
