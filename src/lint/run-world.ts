import { parseCron } from '../algebra/cron.ts';
import { wellKnownLabels } from '../algebra/well-known.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Context } from '../context/context.ts';
import { grouped } from '../context/grouped.ts';
import { instanceSets } from '../context/instance-set.ts';
import { landings } from '../context/landings.ts';
import { once } from '../context/once.ts';
import { poolRequirements } from '../context/pool-requirements.ts';
import { type Workload, workloadsIn } from '../context/workloads.ts';
import { budgetTerms } from '../disruption/budget.ts';
import { isOn } from '../model/chart-values.ts';
import { autoscalers } from '../prover/autoscalers.ts';
import type { Prover, ProverInput } from '../prover/prover.ts';
import { replicasOf } from '../prover/replicas.ts';
import { firstPoolIn } from './first-pool.ts';
import type { Facts, World } from './world.ts';

/** `onProve` is called when a rule first asks the prover. */
export function worldOf(facts: Facts, context: Context, hasBefore: boolean, onProve: () => void = () => undefined): World {
  return new RunWorld(facts, context, hasBefore, onProve);
}

/** A class, since every rule reads it: worlds of one shape are read without a search. What rules take out of it are closures. */
class RunWorld implements World {
  readonly target: World['target'];
  readonly now: World['now'];
  readonly settings: World['settings'];
  readonly ruleIds: World['ruleIds'];
  readonly awsFacts: World['awsFacts'];
  readonly kubeletExpression: World['kubeletExpression'];
  readonly declaredPods: World['declaredPods'];
  readonly context: Context;
  readonly hasBefore: boolean;
  readonly hasCatalog: boolean;
  readonly hasProver: boolean;
  readonly cron: World['cron'];
  readonly budgetTerms: World['budgetTerms'];
  readonly requirements: World['requirements'];
  readonly instances: World['instances'];
  readonly canLand: World['canLand'];
  readonly poolsOfWeight: World['poolsOfWeight'];
  readonly firstPool: World['firstPool'];
  readonly workloadOf: World['workloadOf'];
  readonly replicas: World['replicas'];
  readonly proofsOf: World['proofsOf'];
  readonly #facts: Facts;
  readonly #workloads: () => readonly Workload[];
  readonly #prover: () => Prover;

  constructor(facts: Facts, context: Context, hasBefore: boolean, onProve: () => void) {
    const { karpenterMinor: karpenter, region, zones } = facts.target;
    this.#facts = facts;
    this.target = facts.target;
    this.now = facts.now;
    this.settings = facts.settings;
    this.ruleIds = facts.ruleIds;
    this.awsFacts = facts.awsFacts;
    this.kubeletExpression = facts.kubeletExpression;
    this.declaredPods = facts.declaredPods;
    this.context = context;
    this.hasBefore = hasBefore;
    this.hasCatalog = facts.catalog !== undefined;
    this.hasProver = this.hasCatalog && facts.prove !== undefined;

    this.cron = facts.cron ?? remembered(parseCron);
    this.budgetTerms = remembered((budget) => budgetTerms(budget, this.cron));
    this.requirements = poolRequirements;
    const sets = once(() => instanceSets(this.catalog, { karpenter, region, zones }, context, facts.shelf));
    this.instances = remembered((pool) => sets()(pool, this.requirements(pool)));
    this.canLand = landings(this.requirements, wellKnownLabels(karpenter));
    const byWeight = once(() => grouped(context.nodePools, ({ weight }) => weight?.value ?? 0));
    this.poolsOfWeight = (weight) => byWeight().get(weight) ?? [];

    this.firstPool = firstPoolIn(this);

    this.#workloads = once(() => workloadsIn(context));
    const byObject = once(() => new Map(this.workloads.map((workload) => [workload.object, workload])));
    this.workloadOf = (object) => byObject().get(object);
    const scalers = once(() => autoscalers(context.objects));
    this.replicas = (object, scale) => replicasOf(object, scalers()(object), scale);
    this.#prover = once(() => proving(facts, context, onProve));
    this.proofsOf = (object) => this.prover.proofsOf(object);
  }

  get catalog(): Catalog {
    const { catalog } = this.#facts;
    if (!catalog) throw new Error('a rule reads the catalog without needs: [catalog]');
    return catalog;
  }

  get workloads(): readonly Workload[] {
    return this.#workloads();
  }

  get prover(): Prover {
    return this.#prover();
  }
}

function proving(facts: Facts, context: Context, onProve: () => void): Prover {
  const { catalog, prove } = facts;
  if (!catalog || !prove) throw new Error('a rule asks the prover without needs: [proof]');
  onProve();
  return prove({ ...proverInput(facts, context), catalog });
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

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  let made: Map<K, V> | undefined;
  return (key) => {
    made ??= new Map();
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
