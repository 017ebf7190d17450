import { type Random, random } from '../algebra/random.ts';
import { budgets, claims, daemonSets, nodes, storageObjects } from './random-cluster.ts';
import { type Feature, type Has, workload } from './random-pods.ts';
import { nodeClasses, nodePools, zoneId } from './random-pools.ts';
import { inlineTypes } from './random-types.ts';
import { clean, namespaces, subset, typeNames, zones } from './vocabulary.ts';

/** A scenario as the oracle reads it. */
export interface Scenario {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly instanceTypes: Readonly<Record<string, unknown>>;
  readonly objects: readonly ScenarioObject[];
}

export interface ScenarioObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export const features: readonly Feature[] = [
  'selectors',
  'preferences',
  'tolerations',
  'spread',
  'affinity',
  'antiAffinity',
  'volumes',
  'ports',
  'resources',
  'daemons',
  'nodes',
  'limits',
  'minValues',
  'reservations',
  'classes',
  'inline',
  'odd',
];

/**
 * The scenario of a seed. A quarter of them try one feature alone, a quarter two or three, the rest many together; the number of
 * pods is mostly small, now and then hundreds. `most` bounds it.
 */
export function randomScenario(seed: number, most = 1000): Scenario {
  const r = random(seed);
  const chosen = new Set(chooseFeatures(r));
  const has: Has = (feature) => chosen.has(feature);
  const objects = [
    ...namespaces.map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { stage: name === 'prod' ? 'prod' : 'test' } },
    })),
    ...nodeClasses(r, has),
    ...nodePools(r, has),
    ...storageObjects(r, has),
    ...daemonSets(r, has),
    ...nodes(r, has),
    ...budgets(r, has),
    ...pods(r, has, most),
  ];
  return clean({
    name: `${seed}: ${[...chosen].join(' ')}`,
    settings: settings(r, has),
    instanceTypes: instanceTypes(r, has),
    objects,
  }) as Scenario;
}

function chooseFeatures(r: Random): readonly Feature[] {
  const way = r.integer(4);
  if (way === 0) return [r.pick(features)];
  if (way === 1) return r.some(2, 3, () => r.pick(features));
  return features.filter(() => r.percent(way === 2 ? 45 : 75));
}

function pods(r: Random, has: Has, most: number): readonly object[] {
  const size = r.percent(4) ? 1000 : r.percent(12) ? 150 : r.percent(50) ? 20 : 6;
  let left = Math.min(size, most);
  const all: object[] = [];
  for (let index = 0; left > 0 && index < 12; index++) {
    const replicas = 1 + r.integer(left);
    all.push(...workload(r, has, `w${index}`, replicas, claims));
    left -= replicas;
  }
  return all;
}

function instanceTypes(r: Random, has: Has): Readonly<Record<string, unknown>> {
  if (!has('inline')) return { from: 'catalog', names: names(r) };
  return { ...(r.percent(20) && { from: 'catalog', names: names(r) }), inline: inlineTypes(r) };
}

function names(r: Random): readonly string[] {
  const least = r.percent(70) ? 6 : 1;
  const shuffled = [...typeNames].sort(() => r.integer(3) - 1);
  return shuffled.slice(0, least + r.integer(r.percent(20) ? 30 : 10));
}

function settings(r: Random, has: Has): Readonly<Record<string, unknown>> {
  const offered = r.percent(80) ? zones : subset(r, zones, 1);
  return {
    zones: offered,
    zoneIDs: r.percent(70) ? Object.fromEntries(offered.map((zone) => [zone, zoneId(zone)])) : undefined,
    preferencePolicy: has('preferences') && r.percent(25) ? 'Ignore' : undefined,
    minValuesPolicy: has('minValues') && r.percent(45) ? 'BestEffort' : undefined,
    reservedCapacity: has('reservations') && r.percent(12) ? false : undefined,
    reservationCounts: has('reservations') ? Object.fromEntries([0, 1, 2].map((id) => [`cr-${id}`, r.integer(4)])) : undefined,
    spotPrices: r.percent(25) ? spotPrices(r) : undefined,
    typeZones: r.percent(15) ? Object.fromEntries(subset(r, typeNames, 1).map((name) => [name, subset(r, zones, 1)])) : undefined,
    unavailable: r.percent(20) ? r.some(1, 3, () => unavailable(r)) : undefined,
    vmMemoryOverheadPercent: r.percent(8) ? r.pick([0, 0.05, 0.2]) : undefined,
    reservedENIs: r.percent(8) ? 1 : undefined,
  };
}

function spotPrices(r: Random): object {
  const price = (): number => (1 + r.integer(200)) / 1000;
  return Object.fromEntries(
    subset(r, typeNames, 1).map((name) => [name, Object.fromEntries(subset(r, zones, 1).map((zone) => [zone, price()]))]),
  );
}

function unavailable(r: Random): object {
  return {
    instanceType: r.percent(50) ? r.pick(typeNames) : undefined,
    zone: r.percent(60) ? r.pick(zones) : undefined,
    capacityType: r.percent(50) ? r.pick(['on-demand', 'spot']) : undefined,
  };
}
