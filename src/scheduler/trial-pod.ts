import type { Pod } from '../model/cluster/pod.ts';
import { podKey } from './cluster.ts';
import { PodLabelSpace } from './pod-labels.ts';
import { type PodShape, PodShapes } from './pod-shape.ts';
import { type Ignored, ignoredBecause } from './pod-validation.ts';
import type { PoolTables } from './pool-tables.ts';
import { type Constraints, constraintsOf } from './preferences.ts';
import type { SchedulerSettings } from './settings.ts';
import type { Storage } from './storage.ts';

/** A pod with what has been worked out about it, whichever pools are asked about it. */
export class TrialPod {
  readonly key: string;
  readonly pod: Pod;
  readonly ignored: Ignored | undefined;
  readonly constraints: Constraints;
  /** It counts other pods: what it owns in one topology means nothing in another. */
  readonly isTopological: boolean;
  readonly #make: (toleratePreferNoSchedule: boolean) => PodShape;
  readonly #shapes = new Map<boolean, PodShape>();

  constructor(pod: Pod, storage: Storage, { space, axis, karpenter }: PoolTables, { preferencePolicy }: SchedulerSettings) {
    this.key = podKey(pod);
    this.pod = pod;
    this.ignored = ignoredBecause(pod, storage, karpenter);
    this.constraints = constraintsOf(pod.spec);
    const { spreads, podAffinity, podAntiAffinity, preferredPodAffinity, preferredPodAntiAffinity } = this.constraints;
    const counting = [spreads, podAffinity, podAntiAffinity, preferredPodAffinity, preferredPodAntiAffinity];
    this.isTopological = counting.some((terms) => terms.length > 0);
    const ignorePreferences = preferencePolicy === 'Ignore';
    this.#make = (toleratePreferNoSchedule) =>
      new PodShapes({ space, axis, ignorePreferences, toleratePreferNoSchedule }, new PodLabelSpace(), storage).of(pod);
  }

  shape(toleratePreferNoSchedule: boolean): PodShape {
    if (this.isTopological) return this.#make(toleratePreferNoSchedule);
    const shape = this.#shapes.get(toleratePreferNoSchedule) ?? this.#make(toleratePreferNoSchedule);
    this.#shapes.set(toleratePreferNoSchedule, shape);
    return shape;
  }
}
