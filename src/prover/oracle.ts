import type { NodeSelectorRequirement } from '../algebra/requirements.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import type { Pod } from '../model/cluster/pod.ts';
import type { PersistentVolumeClaim } from '../model/cluster/storage.ts';
import { type DaemonPod, daemonPod } from '../scheduler/daemon-pod.ts';
import type { PoolTables } from '../scheduler/pool-tables.ts';
import type { SchedulerSettings } from '../scheduler/settings.ts';
import { withClaims } from '../scheduler/simulation.ts';
import { type Storage, storage } from '../scheduler/storage.ts';
import { Trial, type TrialAnswer, type TrialCluster } from '../scheduler/trial.ts';
import { TrialPod } from '../scheduler/trial-pod.ts';
import { classRestrictions } from './class-restrictions.ts';
import { daemonRestrictions } from './daemon-restrictions.ts';
import type { Doubt } from './pessimism.ts';
import { podRestrictions } from './pod-restrictions.ts';
import { poolRestrictions } from './pool-restrictions.ts';
import type { Missing } from './proof.ts';
import type { AskedPod, AskedPool, Question } from './question.ts';
import type { Restriction } from './restriction.ts';
import { volumeRestrictions } from './volume-restrictions.ts';

/** What stands between any pod and one pool: of the pool and of the DaemonSets, and of the class. */
interface PoolRestrictions {
  readonly all: readonly Restriction[];
  readonly ofClass: readonly Restriction[];
}

type Demands = readonly NodeSelectorRequirement[];

/** Variants of one pool that are remembered, until there are so many. */
const maxReduced = 64;

/** The scheduler, asked about one pod on one pool at a time. What it has worked out of a pool or a pod it keeps. */
export class Oracle {
  readonly question: Question;
  readonly settings: SchedulerSettings;
  readonly tables: PoolTables;
  readonly storage: Storage;
  readonly daemons: readonly DaemonPod[];
  readonly #namespaces: TrialCluster['namespaces'];
  readonly #trials = new Map<AskedPool, Trial>();
  readonly #readings = new Map<AskedPool, Map<Demands, Trial>>();
  readonly #closing = new Map<Doubt, boolean>();
  readonly #closers = new Set<Missing>();
  readonly #reduced = new Map<AskedPool, Map<string, Trial>>();
  readonly #ofPools = new Map<AskedPool, PoolRestrictions>();
  #ofPod: { readonly asked: AskedPod; readonly own: readonly Restriction[] } | undefined;
  #variants: { readonly of: AskedPod | undefined; readonly byKey: Map<string, TrialPod> } = { of: undefined, byKey: new Map() };
  readonly #pods = new Map<Pod, TrialPod>();

  /** `claims`: what workloads bring along. */
  constructor(question: Question, claims: readonly PersistentVolumeClaim[]) {
    const { cluster, foundation } = question;
    this.question = question;
    this.settings = foundation.settings;
    this.tables = foundation.tables;
    const { persistentVolumeClaims, persistentVolumes, storageClasses } = withClaims(cluster, claims);
    this.storage = storage(persistentVolumeClaims, persistentVolumes, storageClasses);
    this.daemons = cluster.daemonSets.map((daemonSet) => daemonPod(daemonSet, []));
    this.#namespaces = new Map(
      cluster.namespaces.map(({ metadata }) => [metadata.name ?? '', new Map(Object.entries(metadata.labels ?? {}))]),
    );
  }

  ask(asked: AskedPool, { pod }: AskedPod): TrialAnswer {
    return this.trialOf(asked).ask(this.podOf(pod));
  }

  /** The pool as it is written. */
  trialOf(asked: AskedPool): Trial {
    let trial = this.#trials.get(asked);
    if (!trial) {
      trial = this.trial(asked.pool, asked.types);
      this.#trials.set(asked, trial);
    }
    return trial;
  }

  /** A pool other than as it is written, or without some DaemonSets. */
  trial(pool: NodePool, types: readonly InstanceType[], daemons: readonly DaemonPod[] = this.daemons): Trial {
    return new Trial({ pool, types }, { daemons, namespaces: this.#namespaces }, this.tables, this.settings);
  }

  /** The pool where the world demands more of its nodes than its manifest does. The same list is worked out once. */
  under(asked: AskedPool, demands: Demands): Trial {
    const known = this.#readings.get(asked) ?? new Map<Demands, Trial>();
    this.#readings.set(asked, known);
    const trial = known.get(demands) ?? this.#demanding(asked, demands);
    known.set(demands, trial);
    return trial;
  }

  /** Whether one way in which it may turn out leaves the pool nothing to launch, whatever the pod. */
  mayClose(asked: AskedPool, doubt: Doubt): boolean {
    // The first zones of a region are the ones that pools name.
    const closes = this.#closing.get(doubt) ?? doubt.readings.toReversed().some((one) => this.under(asked, one).isClosed);
    this.#closing.set(doubt, closes);
    if (closes) this.#closers.add(doubt.missing);
    return closes;
  }

  /** Whether something that was missing for a verdict is missing whatever the pod. */
  isMissingOfPool(asked: AskedPool, one: Missing): boolean {
    return asked.missing.includes(one) || this.#closers.has(one);
  }

  #demanding(asked: AskedPool, demands: Demands): Trial {
    const { metadata, spec, status } = asked.pool;
    const requirements = [...spec.template.requirements, ...demands];
    const demanding = { metadata, spec: { ...spec, template: { ...spec.template, requirements } }, status };
    return this.trial(demanding, asked.types);
  }

  restrictionsOfPool(asked: AskedPool): PoolRestrictions {
    const known = this.#ofPools.get(asked) ?? {
      all: [...poolRestrictions(asked), ...daemonRestrictions(this)],
      ofClass: classRestrictions(asked),
    };
    this.#ofPools.set(asked, known);
    return known;
  }

  /** Those of the last pod are remembered. */
  restrictionsOfPod(asked: AskedPod): readonly Restriction[] {
    if (this.#ofPod?.asked !== asked) {
      const own = [...podRestrictions(asked), ...volumeRestrictions(asked, this.storage, this.question.objects)];
      this.#ofPod = { asked, own };
    }
    return this.#ofPod.own;
  }

  /** A pool that is taken apart: variants of one pool come up again for other pods. */
  reducedTrial(asked: AskedPool, key: string, make: () => Trial): Trial {
    const known = this.#reduced.get(asked) ?? new Map<string, Trial>();
    if (known.size >= maxReduced) known.clear();
    this.#reduced.set(asked, known);
    const trial = known.get(key) ?? make();
    known.set(key, trial);
    return trial;
  }

  /** A pod that is taken apart: its variants come up again on other pools. Those of the last pod are remembered. */
  reducedPod(asked: AskedPod, key: string, make: () => Pod): TrialPod {
    if (this.#variants.of !== asked) this.#variants = { of: asked, byKey: new Map() };
    const pod = this.#variants.byKey.get(key) ?? this.podAnew(make());
    this.#variants.byKey.set(key, pod);
    return pod;
  }

  /** Without remembering it. */
  podAnew(pod: Pod): TrialPod {
    return new TrialPod(pod, this.storage, this.tables, this.settings);
  }

  podOf(pod: Pod): TrialPod {
    const known = this.#pods.get(pod) ?? this.podAnew(pod);
    this.#pods.set(pod, known);
    return known;
  }
}
