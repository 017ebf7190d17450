import { minorOf } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { csiNode, node, nodeClaim } from '../model/cluster/node.ts';
import { type NodeOverlay, nodeOverlay } from '../model/cluster/node-overlay.ts';
import { type NodePool, nodePool } from '../model/cluster/node-pool.ts';
import { type ObjectMeta, objectMeta } from '../model/cluster/object-meta.ts';
import { type Pod, pod } from '../model/cluster/pod.ts';
import { type Read, Reading, shape, text } from '../model/cluster/read.ts';
import { persistentVolume, persistentVolumeClaim, storageClass } from '../model/cluster/storage.ts';
import { daemonSet, podDisruptionBudget } from '../model/cluster/workload.ts';
import type { Cluster } from './cluster.ts';
import { type OverlaidPools, overlaid } from './node-overlays.ts';
import type { Results } from './results.ts';
import { nodeClassFacts, type ScenarioNodeClass, scenarioNodeClass } from './scenario-node-class.ts';
import {
  defaultSettings,
  type ScenarioSettings,
  type ScenarioTypes,
  scenarioSettings,
  scenarioTypes,
} from './scenario-settings.ts';
import { scenarioOffer } from './scenario-types.ts';
import { type OfferedPool, Scheduler } from './scheduler.ts';
import type { OnPlaced, SchedulerSettings } from './settings.ts';

/** Everything that decides, in one value: objects as they are after admission, what can be bought, and settings. */
export interface Scenario {
  readonly settings: ScenarioSettings;
  readonly instanceTypes: ScenarioTypes;
  readonly nodePools: readonly NodePool[];
  readonly nodeClasses: ReadonlyMap<string, ScenarioNodeClass>;
  /** They count only if the settings say so. */
  readonly nodeOverlays: readonly NodeOverlay[];
  readonly cluster: Cluster;
}

export interface ReadScenario {
  readonly scenario: Scenario;
  /** What could not be read; the rest was. */
  readonly problems: readonly string[];
}

const namespaced: Read<{ readonly metadata?: ObjectMeta }> = shape<{ readonly metadata?: ObjectMeta }>({ metadata: objectMeta });

const newYear2026 = Date.UTC(2026, 0, 1);

/** Kinds that decide, and where they go. Others are not looked at. */
const kinds: { readonly [Part in keyof Cluster]: { readonly kind: string; readonly read: Read<Cluster[Part][number]> } } = {
  pods: { kind: 'Pod', read: pod },
  nodes: { kind: 'Node', read: node },
  nodeClaims: { kind: 'NodeClaim', read: nodeClaim },
  daemonSets: { kind: 'DaemonSet', read: daemonSet },
  namespaces: { kind: 'Namespace', read: namespace },
  persistentVolumeClaims: { kind: 'PersistentVolumeClaim', read: persistentVolumeClaim },
  persistentVolumes: { kind: 'PersistentVolume', read: persistentVolume },
  storageClasses: { kind: 'StorageClass', read: storageClass },
  csiNodes: { kind: 'CSINode', read: csiNode },
  podDisruptionBudgets: { kind: 'PodDisruptionBudget', read: podDisruptionBudget },
};

interface Written {
  readonly objects?: readonly WrittenObject[];
  readonly settings?: ScenarioSettings;
  readonly instanceTypes?: ScenarioTypes;
}

interface WrittenObject {
  readonly kind: string | undefined;
  readonly value: unknown;
  readonly index: number;
}

const kindOf: Read<{ readonly kind?: string }> = shape<{ readonly kind?: string }>({ kind: text });

const written: Read<Written> = shape<Written>({
  objects: (value, reading) =>
    Array.isArray(value)
      ? value.map((object: unknown, index) => ({ kind: reading.at(index, object, kindOf)?.kind, value: object, index }))
      : reading.refuse('a list'),
  settings: scenarioSettings,
  instanceTypes: scenarioTypes,
});

export function readScenario(value: unknown): ReadScenario {
  const reading = new Reading();
  const whole = written(value, reading) ?? {};
  const objects = whole.objects ?? [];
  const cluster = Object.fromEntries(
    Object.entries(kinds).map(([part, { kind, read }]) => [part, readKind(objects, kind, read as Read<object>, reading)]),
  ) as unknown as Cluster;
  const nodeClasses = readKind(objects, 'EC2NodeClass', scenarioNodeClass, reading);
  return {
    scenario: {
      settings: whole.settings ?? defaultSettings,
      instanceTypes: whole.instanceTypes ?? {},
      nodePools: readKind(objects, 'NodePool', nodePool, reading),
      nodeClasses: new Map(nodeClasses.map((one) => [one.metadata?.name ?? '', one])),
      nodeOverlays: readKind(objects, 'NodeOverlay', nodeOverlay, reading),
      cluster: { ...cluster, pods: readPods(objects, reading) },
    },
    problems: reading.problems,
  };
}

/** `karpenterVersion`: a minor (its latest patch) or a patch. */
export function solveScenario(scenario: Scenario, catalog: Catalog, karpenterVersion: string, onPlaced?: OnPlaced): Results {
  return solveWith(offeredPools(scenario, catalog, karpenterVersion), scenario, karpenterVersion, onPlaced);
}

/** As `solveScenario`, for whoever has the pools already. */
export function solveWith(
  pools: readonly OfferedPool[],
  { settings, cluster }: Scenario,
  karpenterVersion: string,
  onPlaced?: OnPlaced,
): Results {
  const scheduler = new Scheduler(pools, { ...schedulerSettings(settings, karpenterVersion), onPlaced });
  return scheduler.solve(cluster, settings.now ?? newYear2026);
}

export function schedulerSettings(settings: ScenarioSettings, karpenterVersion: string): SchedulerSettings {
  return {
    karpenterVersion,
    preferencePolicy: settings.preferencePolicy === 'Ignore' ? 'Ignore' : 'Respect',
    minValuesPolicy: settings.minValuesPolicy === 'BestEffort' ? 'BestEffort' : 'Strict',
    reservedCapacity: settings.reservedCapacity ?? true,
    reservedOfferingMode: 'Strict',
  };
}

export function offeredPools(scenario: Scenario, catalog: Catalog, karpenterVersion: string): readonly OfferedPool[] {
  return overlaidPools(scenario, catalog, karpenterVersion).pools;
}

/** The pools with their NodeOverlays applied where the gate is open, and the overlays that are not. */
export function overlaidPools(
  { nodePools, nodeClasses, nodeOverlays, instanceTypes, settings }: Scenario,
  catalog: Catalog,
  karpenterVersion: string,
): OverlaidPools {
  const karpenter = minorOf(karpenterVersion);
  const offer = scenarioOffer(catalog, instanceTypes, settings, karpenter);
  const facts = new Map([...nodeClasses].map(([name, one]) => [name, nodeClassFacts(one, settings.reservationCounts ?? {})]));
  const pools = nodePools.map((pool) => {
    const nodeClass = facts.get(pool.spec.template.nodeClassRef.name ?? '');
    return { pool, types: nodeClass && offer.of(pool.metadata.name ?? '', nodeClass) };
  });
  return overlaid(pools, settings.nodeOverlay ? nodeOverlays : [], karpenter);
}

function readKind<T>(objects: readonly WrittenObject[], kind: string, read: Read<T>, reading: Reading): readonly T[] {
  return objects.flatMap((object) => {
    if (object.kind !== kind) return [];
    const found = reading.at(`objects[${object.index}]`, object.value, read);
    return found === undefined ? [] : [found];
  });
}

/** A pod that says nothing of its state is taken to be pending, the scheduler having given up on it. */
function readPods(objects: readonly WrittenObject[], reading: Reading): readonly Pod[] {
  return readKind(objects, 'Pod', prepared, reading);
}

const prepared: Read<Pod> = (value, reading) => {
  const found = pod(value, reading);
  if (!found) return undefined;
  const { metadata, spec, status } = found;
  const namespace = namespaced(value, new Reading())?.metadata?.namespace ?? '';
  const uid = metadata.uid || `${namespace}/${metadata.name ?? ''}`;
  const isSilent = !spec.nodeName && (status.conditions ?? []).length === 0 && !status.phase;
  const pending = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] };
  return { metadata: { ...metadata, uid }, spec, status: isSilent ? { ...status, ...pending } : status };
};

function namespace(value: unknown, reading: Reading): { readonly metadata: ObjectMeta } | undefined {
  const found = namespaced(value, reading);
  return found && { metadata: found.metadata ?? {} };
}
