import { type CronRefusal, type CronSchedule, parseCron } from '../algebra/cron.ts';
import type { Minor } from '../algebra/version.ts';
import { wellKnownLabels } from '../algebra/well-known.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { kubeletExpression } from '../catalog/kubelet-expression.ts';
import type { AwsFacts } from '../context/aws-facts.ts';
import type { Context } from '../context/context.ts';
import { type InstanceSet, instanceSets } from '../context/instance-set.ts';
import type { InstanceShelf } from '../context/instance-shelf.ts';
import { landings } from '../context/landings.ts';
import { type PoolRequirements, poolRequirements } from '../context/pool-requirements.ts';
import { type Workload, workloadsIn } from '../context/workloads.ts';
import { type BudgetTerms, budgetTerms } from '../disruption/budget.ts';
import type { KubernetesObject } from '../document/document.ts';
import { isOn } from '../model/chart-values.ts';
import type { Budget, NodePool } from '../model/node-pool.ts';
import { autoscalers, type Replicas } from '../prover/autoscalers.ts';
import type { DeclaredPod } from '../prover/declared-pods.ts';
import type { PodProof } from '../prover/proof.ts';
import type { Prover, ProverInput } from '../prover/prover.ts';
import { replicasOf } from '../prover/replicas.ts';
import { proofsByObject } from './proofs-by-object.ts';

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
  /** Compiles expressions in kubelet configurations; loaded where one is written, for the evaluator costs a run some milliseconds. */
  readonly kubeletExpression?: typeof kubeletExpression | undefined;
  /** The prover, loaded as the catalog is: most runs without pools or workloads never need its code. */
  readonly prove?: ((input: ProverInput) => Prover) | undefined;
  /** Pods of the configuration that the pools must be able to run. */
  readonly declaredPods?: readonly DeclaredPod[] | undefined;
  /** Asked while proving; true: the time is up, and what was not asked is not judged. */
  readonly expired?: (() => boolean) | undefined;
}

/** What a rule may ask beside its subject. */
export interface World extends Omit<Facts, 'catalog' | 'shelf' | 'prove' | 'expired'> {
  readonly context: Context;
  /** Whether a former state of the input is known, so that changes can be judged. */
  readonly hasBefore: boolean;
  readonly hasCatalog: boolean;
  /** Throws where no catalog was loaded: a rule that asks must declare the need. */
  readonly catalog: Catalog;
  /** Pools of one weight that launch nodes for pods, in the order of the input. */
  dynamicPools(weight: number): readonly NodePool[];
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
  /** How many pods a workload has at its smallest or its greatest: what its autoscaler says, else what it says itself. */
  replicas(object: KubernetesObject, scale: 'min' | 'max'): Replicas;
  /** Whether a prover was loaded, with the catalog that it needs. */
  readonly hasProver: boolean;
  /** Where the pods in view and the declared ones would run, and why not: asked once a run. Throws without the need `proof`. */
  readonly prover: Prover;
  /** What was proved of a workload's pods; nothing where it was not asked about. */
  proofsOf(object: KubernetesObject): readonly PodProof[];
}

/** `onProve` is called when a rule first asks the prover. */
export function worldOf(facts: Facts, context: Context, hasBefore: boolean, onProve: () => void = () => undefined): World {
  const { catalog, shelf, prove, expired: _expired, ...rest } = facts;
  const { karpenterMinor: karpenter, region, zones } = facts.target;
  const requirements = remembered(poolRequirements);
  const cron = remembered(parseCron);
  const byWeight = remembered(dynamicByWeight);
  const sets = remembered((needed: Catalog) => instanceSets(needed, { karpenter, region, zones }, context, shelf));
  const workloads = remembered(workloadsIn);
  const byObject = remembered((all: Context) => new Map(workloads(all).map((workload) => [workload.object, workload])));
  const scalers = remembered((all: Context) => autoscalers(all.objects));
  const proving = remembered((all: Context) => {
    if (!catalog || !prove) throw new Error('a rule asks the prover without needs: [proof]');
    onProve();
    return prove({ ...proverInput(facts, all), catalog });
  });
  const proofs = remembered((prover: Prover) => proofsByObject(prover.pods));
  const world: World = {
    ...rest,
    context,
    hasBefore,
    hasCatalog: catalog !== undefined,
    get catalog() {
      if (!catalog) throw new Error('a rule reads the catalog without needs: [catalog]');
      return catalog;
    },
    get workloads() {
      return workloads(context);
    },
    workloadOf: (object) => byObject(context).get(object),
    canLand: landings(requirements, wellKnownLabels(karpenter)),
    replicas: (object, scale) => replicasOf(object, scalers(context)(object), scale),
    hasProver: catalog !== undefined && prove !== undefined,
    get prover() {
      return proving(context);
    },
    proofsOf: (object) => proofs(world.prover)(object),
    cron,
    dynamicPools: (weight) => byWeight(context).get(weight) ?? [],
    budgetTerms: remembered((budget) => budgetTerms(budget, cron)),
    requirements,
    instances: remembered((pool) => sets(world.catalog)(pool, requirements(pool))),
  };
  return world;
}

function proverInput(
  { target, now, awsFacts, declaredPods = [], expired }: Facts,
  context: Context,
): Omit<ProverInput, 'catalog'> {
  const { karpenterVersion, region, zones, minValuesPolicy, preferencePolicy } = target;
  const gates = context.all('ChartValues').flatMap(({ featureGates }) => isOn(featureGates?.get('nodeOverlay')) ?? []);
  const nodeOverlay = new Set(gates).size === 1 ? gates[0] : undefined;
  const facts = { karpenterVersion, region, zones, minValuesPolicy, preferencePolicy, nodeOverlay, now, awsFacts };
  return { objects: context.objects, declared: declaredPods, facts: { ...facts, scale: 'max' }, ...(expired && { expired }) };
}

function dynamicByWeight({ nodePools }: Context): ReadonlyMap<number, readonly NodePool[]> {
  const byWeight = new Map<number, NodePool[]>();
  for (const pool of nodePools) {
    if (pool.replicas) continue;
    const weight = pool.weight?.value ?? 0;
    const same = byWeight.get(weight);
    if (same) same.push(pool);
    else byWeight.set(weight, [pool]);
  }
  return byWeight;
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
