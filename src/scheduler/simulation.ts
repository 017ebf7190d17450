import { minorOf } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { Manifest } from '../context/admission-objects.ts';
import { expand } from '../context/expand.ts';
import type { PersistentVolumeClaim, StorageClass } from '../model/cluster/storage.ts';
import type { Cluster } from './cluster.ts';
import { olderMinorAssumptions } from './older-minors.ts';
import type { Results } from './results.ts';
import { overlaidPools, type ReadScenario, readScenario, type Scenario, solveScenario, solveWith } from './scenario.ts';
import { scenarioOffer } from './scenario-types.ts';
import type { OnPlaced } from './settings.ts';

/** What is known of the cluster beside its objects. */
export interface SimulationFacts {
  readonly karpenterVersion: string;
  readonly region: string | undefined;
  readonly zones: readonly string[] | undefined;
  readonly minValuesPolicy: 'Strict' | 'BestEffort';
  readonly preferencePolicy: 'Respect' | 'Ignore';
  /** The feature gate. */
  readonly nodeOverlay: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onPlaced?: OnPlaced | undefined;
}

export interface Simulation {
  readonly results: Results;
  readonly scenario: Scenario;
  /** What could not be read. */
  readonly problems: readonly string[];
  /** What the answer takes for granted, a sentence each. */
  readonly assumptions: readonly string[];
}

const isDefaultClass = 'storageclass.kubernetes.io/is-default-class';

/** What Karpenter would do about the pods of these manifests. */
export function simulate(manifests: readonly Manifest[], facts: SimulationFacts, catalog: Catalog): Simulation {
  const { pods, persistentVolumeClaims, problems } = expand(manifests);
  const others = manifests.filter(({ kind }) => kind !== 'Pod').map(({ value }) => value);
  const read = readScenario({ objects: others });
  const assumptions: string[] = [];
  const { region, zones } = placesOf(read.scenario, facts, catalog, assumptions);
  const scenario: Scenario = {
    ...read.scenario,
    settings: {
      region,
      zones,
      preferencePolicy: facts.preferencePolicy,
      nodeOverlay: facts.nodeOverlay,
      minValuesPolicy: facts.minValuesPolicy,
      reservationCounts: reservationCounts(read.scenario, assumptions),
      now: facts.now,
    },
    instanceTypes: { from: 'catalog' },
    cluster: withClaims({ ...read.scenario.cluster, pods }, persistentVolumeClaims),
  };
  if (catalog.spotPrices.size === 0) assumptions.push('spot capacity costs what on-demand costs: no spot prices are known');
  if (catalog.offered.size === 0) assumptions.push('every zone offers every instance type: no table says otherwise');
  if (scenario.nodeOverlays.length > 0 && !facts.nodeOverlay) {
    assumptions.push('NodeOverlays are off, as their feature gate is by default');
  }
  const { pools, faults } = overlaidPools(scenario, catalog, facts.karpenterVersion);
  for (const [name, fault] of faults) {
    const why = fault === 'invalid' ? 'Karpenter refuses it' : 'it is in conflict with another of the same weight';
    assumptions.push(`NodeOverlay ${name} does nothing: ${why}`);
  }
  return {
    results: solveWith(pools, scenario, facts.karpenterVersion, facts.onPlaced),
    scenario,
    problems: [...problems, ...read.problems],
    assumptions: [...assumptions, ...always(facts.karpenterVersion)],
  };
}

/** A scenario says everything itself. */
export function simulateScenario(
  { scenario, problems }: ReadScenario,
  karpenterVersion: string,
  catalog: Catalog,
  onPlaced?: OnPlaced,
): Simulation {
  const { unknown } = scenarioOffer(catalog, scenario.instanceTypes, scenario.settings, minorOf(karpenterVersion));
  return {
    results: solveScenario(scenario, catalog, karpenterVersion, onPlaced),
    scenario,
    problems: [...problems, ...unknown.map((name) => `the catalog cannot describe the instance type ${name}`)],
    assumptions: always(karpenterVersion),
  };
}

function always(karpenterVersion: string): readonly string[] {
  const tosses = 'where Karpenter may pick any of several equal domains, the first by name is taken';
  return [tosses, ...olderMinorAssumptions(minorOf(karpenterVersion))];
}

function placesOf(
  { nodeClasses, nodePools }: Scenario,
  facts: SimulationFacts,
  catalog: Catalog,
  assumptions: string[],
): { readonly region: string; readonly zones: readonly string[] } {
  const subnets = [...nodeClasses.values()].flatMap(({ status }) => (status?.subnets ?? []).map(({ zone = '' }) => zone));
  const required = nodePools.flatMap(({ spec }) =>
    spec.template.requirements
      .filter(({ key, operator }) => key === 'topology.kubernetes.io/zone' && operator === 'In')
      .flatMap(({ values = [] }) => values),
  );
  const named = facts.zones ?? [...new Set(subnets.length > 0 ? subnets : required)].sort();
  const regionOfZones = /^[a-z]{2}(-[a-z]+)+-\d+/.exec(named[0] ?? '')?.[0];
  const region = facts.region ?? regionOfZones ?? 'us-east-1';
  if (facts.region === undefined) assumptions.push(`the region is ${region}${regionOfZones ? ', after the zones in view' : ''}`);
  const zones =
    named.length > 0 ? named : (catalog.regions.get(region)?.zones ?? ['a', 'b', 'c'].map((letter) => region + letter));
  if (!facts.zones && subnets.length === 0) assumptions.push(`the subnets lie in ${zones.join(', ')}`);
  return { region, zones };
}

/** How many instances a reservation has left is in no object. */
function reservationCounts({ nodeClasses }: Scenario, assumptions: string[]): Readonly<Record<string, number>> {
  const ids = [...nodeClasses.values()].flatMap(({ status }) => (status?.capacityReservations ?? []).map(({ id = '' }) => id));
  if (ids.length > 0) assumptions.push('each capacity reservation has one instance left');
  return Object.fromEntries(ids.map((id) => [id, 1]));
}

/** Claims get the default class, and classes the binding mode, that the API server gives them. */
export function withClaims(cluster: Cluster, more: readonly PersistentVolumeClaim[]): Cluster {
  const key = ({ metadata }: PersistentVolumeClaim): string => `${metadata.namespace ?? 'default'}/${metadata.name}`;
  const written = new Set(cluster.persistentVolumeClaims.map(key));
  const classes = cluster.storageClasses.map((one): StorageClass => ({ volumeBindingMode: 'Immediate', ...one }));
  const standard = classes.find(({ metadata }) => metadata.annotations?.[isDefaultClass] === 'true')?.metadata.name;
  const claims = [...cluster.persistentVolumeClaims, ...more.filter((claim) => !written.has(key(claim)))];
  return {
    ...cluster,
    storageClasses: classes,
    persistentVolumeClaims: claims.map((claim) =>
      claim.spec.storageClassName === undefined && standard !== undefined
        ? { ...claim, spec: { ...claim.spec, storageClassName: standard } }
        : claim,
    ),
  };
}
