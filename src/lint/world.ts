import { type CronRefusal, type CronSchedule, parseCron } from '../algebra/cron.ts';
import type { Minor } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { AwsFacts } from '../context/aws-facts.ts';
import type { Context } from '../context/context.ts';
import { type InstanceSet, instanceSets } from '../context/instance-set.ts';
import { type PoolRequirements, poolRequirements } from '../context/pool-requirements.ts';
import { type Workload, workloadsIn } from '../context/workloads.ts';
import { type BudgetTerms, budgetTerms } from '../disruption/budget.ts';
import type { KubernetesObject } from '../document/document.ts';
import type { Budget, NodePool } from '../model/node-pool.ts';

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
}

/** What a rule may ask beside its subject. */
export interface World extends Omit<Facts, 'catalog'> {
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
}

export function worldOf(facts: Facts, context: Context, hasBefore: boolean): World {
  const { catalog, ...rest } = facts;
  const { karpenterMinor: karpenter, region, zones } = facts.target;
  const requirements = remembered(poolRequirements);
  const cron = remembered(parseCron);
  const byWeight = remembered(dynamicByWeight);
  const sets = remembered((needed: Catalog) => instanceSets(needed, { karpenter, region, zones }, context));
  const workloads = remembered(workloadsIn);
  const byObject = remembered((all: Context) => new Map(workloads(all).map((workload) => [workload.object, workload])));
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
    cron,
    dynamicPools: (weight) => byWeight(context).get(weight) ?? [],
    budgetTerms: remembered((budget) => budgetTerms(budget, cron)),
    requirements,
    instances: remembered((pool) => sets(world.catalog)(pool, requirements(pool))),
  };
  return world;
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
