import type { PodSpec } from '../model/cluster/pod.ts';
import type { NodePool } from '../model/node-pool.ts';
import { onceFor } from './once.ts';
import type { PoolRequirements } from './pool-requirements.ts';
import { canLand, type Workload } from './workloads.ts';

/** `canLand`, remembered: most workloads of a repository ask for the same nodes as many others do. */
export function landings(
  requirements: (pool: NodePool) => PoolRequirements,
  wellKnown: ReadonlySet<string>,
): (workload: Workload, pool: NodePool) => boolean | undefined {
  const alike = new Map<string, Map<NodePool, boolean | undefined>>();
  const found = new Map<Workload, Map<NodePool, boolean | undefined>>();
  return (workload, pool) => {
    let answers = found.get(workload);
    if (!answers) {
      const key = demandOf(workload);
      answers = alike.get(key) ?? new Map();
      alike.set(key, answers);
      found.set(workload, answers);
    }
    if (!answers.has(pool)) answers.set(pool, canLand(workload, pool, requirements(pool), wellKnown));
    return answers.get(pool);
  };
}

/** All of a workload that `canLand` looks at. */
export function demandOf({ spec, knowsTolerations, alternatives }: Workload): string {
  const known = onceFor(demands, spec, () => []);
  const flags = Number(knowsTolerations) + 2 * Number(alternatives === undefined);
  known[flags] ??= readDemand(spec, flags);
  return known[flags];
}

/** By what is known. Workloads share specs, and a server has the same ones in view at every request. */
const demands = new WeakMap<PodSpec, string[]>();

function readDemand({ nodeSelector, affinity, tolerations }: PodSpec, flags: number): string {
  return JSON.stringify([flags, tolerations, nodeSelector, affinity?.nodeAffinity]);
}
