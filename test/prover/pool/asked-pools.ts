import type { Catalog } from '../../../src/catalog/catalog.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import type { KubernetesObject } from '../../../src/document/document.ts';
import { fromObject } from '../../../src/document/from-object.ts';
import { type LaunchSet, launchSet } from '../../../src/prover/pool/launch-set.ts';
import type { AskedPool } from '../../../src/prover/question.ts';
import { daemonPod } from '../../../src/scheduler/daemon-pod.ts';
import { PoolTables } from '../../../src/scheduler/pool-tables.ts';
import { byWeight } from '../../../src/scheduler/pools.ts';
import { offeredPools, readScenario, type Scenario, schedulerSettings } from '../../../src/scheduler/scenario.ts';
import { nodeClassFacts } from '../../../src/scheduler/scenario-node-class.ts';
import type { Path } from '../../../src/text/place.ts';

export const catalog: Catalog = await loadCatalog();

export interface View {
  readonly scenario: Scenario;
  readonly settings: ReturnType<typeof schedulerSettings>;
  readonly tables: PoolTables;
  readonly daemons: readonly ReturnType<typeof daemonPod>[];
  /** In Karpenter's order; pools of a class that is not there left out. */
  readonly pools: readonly AskedPool[];
  readonly sets: readonly LaunchSet[];
}

/** Manifests, or a whole scenario, as the pool answers see them. */
export function view(
  written: { readonly objects: readonly object[]; readonly instanceTypes?: object; readonly settings?: object },
  karpenterVersion = '1.15',
): View {
  const { scenario } = readScenario(written);
  const objects = written.objects.flatMap((object) => fromObject(object, 'all.yaml').objects);
  const of = (kind: string, name = ''): KubernetesObject | undefined =>
    objects.find((object) => object.kind === kind && object.name === name);
  const settings = schedulerSettings(scenario.settings, karpenterVersion);
  const tables = new PoolTables(settings);
  const daemons = scenario.cluster.daemonSets.map((one) => daemonPod(one, []));
  const pools = byWeight(offeredPools(scenario, catalog, karpenterVersion)).flatMap(({ pool, types }): AskedPool[] => {
    const name = pool.metadata.name ?? '';
    const object = of('NodePool', name);
    const { name: className = '' } = pool.spec.template.nodeClassRef;
    const [classObject, read] = [of('EC2NodeClass', className), scenario.nodeClasses.get(className)];
    if (!object || !types || !classObject || !read) return [];
    const facts = nodeClassFacts(read, scenario.settings.reservationCounts ?? {});
    const { replicas, ...spec } = pool.spec;
    return [
      {
        name,
        object,
        pool: { ...pool, spec },
        isStatic: replicas !== undefined,
        nodeClass: { object: classObject, facts, unknown: new Set() },
        types,
        isOverlaid: false,
        requirementPaths: pathsOf('requirements', spec.template.requirements.length),
        taintPaths: pathsOf('taints', spec.template.taints.length),
        missing: [],
      },
    ];
  });
  return { scenario, settings, tables, daemons, pools, sets: pools.map((one) => launchSet(one, daemons, tables)) };
}

function pathsOf(list: string, length: number): readonly Path[] {
  return Array.from({ length }, (_, index) => ['spec', 'template', 'spec', list, index]);
}

/** A NodePool of class `default`; `spec` is that of its template. */
export function nodePool(name: string, spec: object, more: object = {}, labels: object = {}): object {
  const nodeClassRef = { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' };
  return {
    apiVersion: 'karpenter.sh/v1',
    kind: 'NodePool',
    metadata: { name },
    spec: { template: { metadata: { labels }, spec: { nodeClassRef, ...spec } }, ...more },
  };
}

export function nodeClass(spec: object = {}, status: object = {}): object {
  return { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'default' }, spec, status };
}
