import type { CronRefusal, CronSchedule } from '../algebra/cron.ts';
import type { Minor } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { kubeletExpression } from '../catalog/kubelet-expression.ts';
import type { AwsFacts } from '../context/aws-facts.ts';
import type { Context } from '../context/context.ts';
import type { InstanceSet } from '../context/instance-set.ts';
import type { InstanceShelf } from '../context/instance-shelf.ts';
import type { PoolRequirements } from '../context/pool-requirements.ts';
import type { Workload } from '../context/workloads.ts';
import type { BudgetTerms } from '../disruption/budget.ts';
import type { KubernetesObject } from '../document/document.ts';
import type { Budget, NodePool } from '../model/node-pool.ts';
import type { Replicas } from '../prover/autoscalers.ts';
import type { DeclaredPod } from '../prover/declared-pods.ts';
import type { PodProof } from '../prover/proof.ts';
import type { Prover, ProverInput } from '../prover/prover.ts';

/** Facts that a rule may declare it cannot do without. */
export type Need =
  | 'before'
  | 'catalog'
  | 'closedWorld'
  | 'kubernetesVersion'
  | 'region'
  | 'workloads'
  | 'chartValues'
  | 'fleet'
  | 'awsFacts'
  | 'proof';

export type Profile = 'minimal' | 'recommended' | 'production' | 'spot-heavy' | 'security' | 'dev';

/** What is known of the cluster that the input is meant for. */
export interface Target {
  /** A minor (`1.14`, its latest patch) or a patch (`1.14.3`). */
  readonly karpenterVersion: string;
  readonly karpenterMinor: Minor;
  readonly kubernetesVersion: string | undefined;
  readonly region: string | undefined;
  readonly zones: readonly string[] | undefined;
  readonly profile: Profile;
  readonly closedWorld: boolean;
  /** Node classes known to exist elsewhere; `*` is any. */
  readonly externalClasses: readonly string[];
  readonly minValuesPolicy: 'Strict' | 'BestEffort';
  readonly preferencePolicy: 'Respect' | 'Ignore';
}

/** The facts of a run, gathered at the edge before the engine starts. */
export interface Facts {
  readonly target: Target;
  /** Milliseconds since the epoch, read once at the edge. */
  readonly now: number;
  /** Settings that several rules share: `timezone`, `removers` …; as the configuration names them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Every rule there is, also those that this run does not use. */
  readonly ruleIds: ReadonlySet<string>;
  /** Instance types, prices and zones, loaded if a rule of the run needs them. */
  readonly catalog: Catalog | undefined;
  /** What AWS says of the account, if somebody asked. */
  readonly awsFacts?: AwsFacts | undefined;
  /** Kept from run to run over the same catalog and target, by an edge that judges often. */
  readonly shelf?: InstanceShelf | undefined;
  /** Reads schedules and remembers them from run to run; absent: each run reads those that it meets. */
  readonly cron?: ((schedule: string) => CronSchedule | CronRefusal) | undefined;
  /** Compiles expressions in kubelet configurations; loaded where one is written, for the evaluator costs a run some milliseconds. */
  readonly kubeletExpression?: typeof kubeletExpression | undefined;
  /** The prover, loaded as the catalog is: most runs without pools or workloads never need its code. */
  readonly prove?: ((input: ProverInput) => Prover) | undefined;
  /** Pods of the configuration that the pools must be able to run. */
  readonly declaredPods?: readonly DeclaredPod[] | undefined;
  /** Asked while proving; true: the time is up, and what was not asked is not judged. */
  readonly expired?: (() => boolean) | undefined;
}

/** A question about one pool: a function of its arguments, and one and the same for all who ask it. */
export type PoolQuestion<A extends object> = (pool: NodePool, about: A, world: World) => boolean;

/** What a rule may ask beside its subject. */
export interface World extends Omit<Facts, 'catalog' | 'shelf' | 'cron' | 'prove' | 'expired'> {
  readonly context: Context;
  /** Whether a former state of the input is known, so that changes can be judged. */
  readonly hasBefore: boolean;
  readonly hasCatalog: boolean;
  /** Throws where no catalog was loaded: a rule that asks must declare the need. */
  readonly catalog: Catalog;
  /** Pools of one weight, in the order of the input. */
  poolsOfWeight(weight: number): readonly NodePool[];
  /** A schedule as Karpenter reads it. */
  cron(schedule: string): CronSchedule | CronRefusal;
  budgetTerms(budget: Budget): BudgetTerms | CronRefusal | undefined;
  /** What a pool demands of its nodes, key by key. */
  requirements(pool: NodePool): PoolRequirements;
  /** The instance types that a pool may launch. Needs the catalog. */
  instances(pool: NodePool): InstanceSet;
  /** Whatever makes pods, in the order of kinds. */
  readonly workloads: readonly Workload[];
  workloadOf(object: KubernetesObject): Workload | undefined;
  /** Whether a pod of the workload could be put on a node of the pool, by taints and labels; undefined where it cannot be told. */
  canLand(workload: Workload, pool: NodePool): boolean | undefined;
  /**
   * The first pool, in the order of the input, to which a question is answered yes. Asked once for all that are alike: what `likeness`
   * is equal for, or else one and the same thing. Where only pools that name a class can be meant, no other is asked.
   */
  firstPool<A extends object>(question: PoolQuestion<A>, about: A, likeness?: string, className?: string): NodePool | undefined;
  /** How many pods a workload has at its smallest or its greatest: what its autoscaler says, else what it says itself. */
  replicas(object: KubernetesObject, scale: 'min' | 'max'): Replicas;
  /** Whether a prover was loaded, with the catalog that it needs. */
  readonly hasProver: boolean;
  /** Where the pods in view and the declared ones would run, and why not: asked once a run. Throws without the need `proof`. */
  readonly prover: Prover;
  /** What was proved of a workload's pods; nothing where it was not asked about. */
  proofsOf(object: KubernetesObject): readonly PodProof[];
}
