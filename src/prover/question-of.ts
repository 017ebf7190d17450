import { minorOf } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { NodeClassFacts } from '../catalog/node-class-facts.ts';
import type { KubernetesObject } from '../document/document.ts';
import { Reading } from '../model/cluster/read.ts';
import { overlaid } from '../scheduler/node-overlays.ts';
import { byWeight } from '../scheduler/pools.ts';
import type { ScenarioSettings } from '../scheduler/scenario-settings.ts';
import { askedClass } from './asked-class.ts';
import { askedCluster } from './asked-cluster.ts';
import { askedPool } from './asked-pool.ts';
import { foundationOf } from './foundation.ts';
import type { AskedPool, ProofFacts, Question } from './question.ts';
import { surroundings } from './surroundings.ts';

/** Objects that can name the zones they are meant for. */
const zoned = new Set(['NodePool', 'PersistentVolume', 'StorageClass', 'Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

export function questionOf(objects: readonly KubernetesObject[], facts: ProofFacts, catalog: Catalog): Question {
  const reading = new Reading();
  const { cluster, daemonSetObjects, overlays } = askedCluster(objects, reading);
  const classes = objects.filter(({ kind }) => kind === 'EC2NodeClass').map((object) => askedClass(object, facts));
  const { region, zones, assumptions } = surroundings(
    facts,
    classes,
    objects.filter(({ kind }) => zoned.has(kind)),
    catalog,
  );
  const settings: ScenarioSettings = { region, zones, now: facts.now };
  const foundation = foundationOf(catalog, settings, facts);
  const { offer } = foundation;
  const byName = new Map(classes.map((one) => [one.object.name ?? '', one]));
  const anyClass: NodeClassFacts = { amiFamily: 'AL2023' };
  const pools = objects
    .filter(({ kind }) => kind === 'NodePool')
    .flatMap((object) => {
      return askedPool(object, byName, (_, nodeClass) => offer(nodeClass?.facts ?? anyClass), reading) ?? [];
    });
  // Of two objects with one name the later is what a cluster ends up with.
  const single = [...new Map(pools.map((pool) => [pool.name, pool])).values()];
  const laidOn = facts.nodeOverlay && overlays.length > 0 ? withOverlays(single, overlays, facts) : single;
  return {
    facts,
    catalog,
    settings,
    pools: byWeight(laidOn),
    cluster,
    daemonSetObjects,
    overlaidResources: new Set(overlays.flatMap(({ spec }) => Object.keys(spec.capacity ?? {}))),
    foundation,
    objects,
    problems: reading.problems,
    assumptions: [...assumptions, ...guessedZones(laidOn), ...always(catalog)],
  };
}

function withOverlays(
  pools: readonly AskedPool[],
  overlays: Parameters<typeof overlaid>[1],
  { karpenterVersion }: ProofFacts,
): readonly AskedPool[] {
  const { pools: changed } = overlaid(pools, overlays, minorOf(karpenterVersion));
  return pools.map((pool, index) => {
    const types = changed[index]?.types ?? pool.types;
    return { ...pool, types, isOverlaid: types !== pool.types };
  });
}

function guessedZones(pools: readonly AskedPool[]): readonly string[] {
  const isGuessed = pools.some(({ nodeClass }) => !nodeClass || nodeClass.unknown.has('zones'));
  return isGuessed ? ['where the zones of the subnets are not known, the zone of a witness is an example'] : [];
}

function always(catalog: Catalog): readonly string[] {
  const tosses = 'where Karpenter may pick any of several equal domains, the first by name is taken';
  const spot = catalog.spotPrices.size === 0 ? ['spot capacity costs what on-demand costs: no spot prices are known'] : [];
  const offered = catalog.offered.size === 0 ? ['every zone offers every instance type: no table says otherwise'] : [];
  return [tosses, 'each pod is asked about alone, in a cluster that has nothing but its DaemonSets', ...spot, ...offered];
}
