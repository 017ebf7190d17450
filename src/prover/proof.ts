import type { Fix } from '../diagnostic/diagnostic.ts';
import type { Place } from '../text/place.ts';
import type { RestrictionKind } from './restriction.ts';

/** `proved`: a witness was found. `refuted`: it was shown that none exists. `unknown`: a named fact decides. */
export type ProofVerdict = 'proved' | 'refuted' | 'unknown';

/** A whole proof, plain data: what `prove` prints, rules read and a worker sends back. */
export interface Proof {
  readonly pools: readonly PoolProof[];
  readonly pods: readonly PodProof[];
  /** Every missing fact that some verdict hangs on, once. */
  readonly unknowns: readonly Missing[];
  /** What all verdicts take for granted, a sentence each. */
  readonly assumptions: readonly string[];
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
  /** Names of pools and pods that were not asked about because the time was up. */
  readonly unasked: readonly string[];
}

/** A fact that would decide, and what would supply it. */
export interface Missing {
  /** Stable, for programs: `subnet-zones`, `custom-ami`, `volume-zone`, `live-usage` … */
  readonly fact: string;
  /** A sentence: what is not known. */
  readonly says: string;
  /** The flag, file or key that would say it. */
  readonly supply: string;
  readonly at?: Place;
}

export interface PoolProof {
  readonly name: string;
  readonly at: Place;
  /** Whether it can run at least one of the pods that were asked about. */
  readonly verdict: ProofVerdict;
  readonly instanceTypes: {
    readonly count: number;
    readonly names: readonly string[];
    readonly narrowing: readonly Narrowing[];
  };
  readonly zones: readonly string[];
  readonly capacityTypes: readonly string[];
  /** By price, of the offerings that the pool may launch. */
  readonly cheapest?: PricedOffering;
  readonly median?: PricedOffering;
  readonly dearest?: PricedOffering;
  readonly diversity: Diversity;
  /** The same over spot offerings only. */
  readonly spotDiversity: Diversity;
  readonly limits: LimitHeadroom;
  readonly minValues: readonly MinValuesLeft[];
  readonly overlaps: readonly Overlap[];
  /** What was tried on it. */
  readonly hosts: readonly Host[];
  /** Where refuted: why it launches nothing at all, or why it runs none of those pods. */
  readonly conflicts: readonly Conflict[];
  readonly missing: readonly Missing[];
}

/** What is left of the class's types once one more thing is demanded, in the order of the manifest. */
export interface Narrowing {
  readonly at: Place;
  /** `karpenter.k8s.aws/instance-category In [c, m, r]`, or what else excludes types, such as the class. */
  readonly says: string;
  readonly left: number;
}

export interface PricedOffering {
  readonly type: string;
  readonly zone: string;
  readonly capacityType: string;
  /** In the currency of the price list; undefined where no list has a price. */
  readonly pricePerHour: number | undefined;
}

export interface Diversity {
  readonly families: number;
  readonly types: number;
  readonly zones: number;
  /** Pairs of type and zone. */
  readonly offerings: number;
}

export interface LimitHeadroom {
  /** The resource whose limit is reached first; absent without limits. */
  readonly binding?: string;
  readonly at?: Place;
  /** Nodes that can be launched until it is: of the largest and of the smallest type. */
  readonly nodesThatFit?: { readonly ofLargest: number; readonly ofSmallest: number };
}

export interface MinValuesLeft {
  readonly at: Place;
  readonly key: string;
  readonly wanted: number;
  /** Distinct values that the pool's types have. */
  readonly left: number;
}

/** Another pool that may launch the same types for the same pods. */
export interface Overlap {
  readonly pool: string;
  /** How many types both may launch. */
  readonly types: number;
  /** Which of the two is asked first, and why: weight, or the name. */
  readonly first: string;
  readonly why: 'weight' | 'name';
}

export interface Host {
  readonly kind: 'archetype' | 'workload' | 'declared';
  readonly name: string;
  readonly verdict: ProofVerdict;
}

export interface PodProof {
  /** `Deployment shop/web`, or the name of a declared pod or an archetype. */
  readonly pod: string;
  readonly kind: 'workload' | 'declared' | 'archetype';
  readonly at: Place;
  readonly replicas: number;
  readonly verdict: ProofVerdict;
  /** Where proved: for the pool that Karpenter would choose. */
  readonly witness?: Witness | undefined;
  /** Where refuted: for each pool in turn. */
  readonly conflicts: readonly Conflict[];
  readonly missing: readonly Missing[];
  readonly wouldBe: {
    readonly pool: string | undefined;
    readonly instanceTypes: readonly string[];
    readonly why: readonly PoolAnswer[];
  };
  /** All replicas at once, at the most that an autoscaler in view may ask for; absent where one pod has no place. */
  readonly atScale?: AtScale | undefined;
  /** The same with the pods that a rolling update starts before it stops any; absent where it need not start one first. */
  readonly atUpdate?: AtScale | undefined;
}

/** Why a pool does not get the pod: it refuses it, or another is asked before it. */
export interface PoolAnswer {
  readonly pool: string;
  readonly verdict: ProofVerdict;
  /** One sentence, without the pool's name. */
  readonly refusal: string;
}

/** Enough to check by hand that one pod runs. Amounts are exact decimal texts in base units: cores, bytes, counts. */
export interface Witness {
  readonly pool: string;
  readonly instanceType: string;
  readonly zone: string;
  readonly capacityType: string;
  readonly pricePerHour: number | undefined;
  readonly arithmetic: Readonly<Record<string, Arithmetic>>;
  /** Taints of the node and what in the pod tolerates each. */
  readonly tolerated: readonly string[];
  /** What the pod demands of a node's labels, and the label that meets it. */
  readonly satisfied: readonly string[];
}

/** `capacity` − each of `overhead` − each of `daemons` − `request` = `left`, which is not below zero. */
export interface Arithmetic {
  readonly capacity: string;
  readonly overhead: readonly Part[];
  readonly daemons: readonly Part[];
  readonly request: string;
  readonly left: string;
}

export interface Part {
  readonly of: string;
  readonly amount: string;
}

/** Constraints that nothing can meet together. */
export interface Conflict {
  readonly pool: string;
  /** True: checked that without any one of them the rest can be met. False: the refusal and its cause, not claimed minimal. */
  readonly irreducible: boolean;
  readonly constraints: readonly Constraint[];
  /** Ranked: least change and risk first. Each was proved to help. */
  readonly fixes: readonly Fix[];
}

export interface Constraint {
  readonly at: Place;
  /** What it demands, in words: `the pool taints its nodes gpu=true:NoSchedule`. */
  readonly says: string;
  /** What it is, for programs. */
  readonly kind?: RestrictionKind;
  /** The label or the resource that it is about. */
  readonly about?: string;
}

export interface AtScale {
  readonly replicas: number;
  /** `spec.replicas` or the maximum of an autoscaler. */
  readonly from: Place;
  readonly scheduled: number;
  readonly nodes: number;
  /** What stops the others. */
  readonly stops: readonly string[];
  /** Limits of pools that stop some of them. */
  readonly limits: readonly Constraint[];
  readonly because?: 'limits' | 'topology' | 'volumes' | 'resources' | 'other';
}
