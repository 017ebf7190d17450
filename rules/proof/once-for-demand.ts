import { demandOf } from '../../src/context/landings.ts';
import type { Workload } from '../../src/context/workloads.ts';
import type { World } from '../../src/lint/world.ts';

/** What is the same for all workloads of a world that demand the same of a node, worked out for the first of them. */
export function onceForDemand<T>(make: (workload: Workload, world: World) => T): (workload: Workload, world: World) => T {
  const known = new WeakMap<World, Map<string, { readonly found: T }>>();
  return (workload, world) => {
    const ofWorld = known.get(world) ?? new Map<string, { readonly found: T }>();
    known.set(world, ofWorld);
    const demand = demandOf(workload);
    const answer = ofWorld.get(demand) ?? { found: make(workload, world) };
    ofWorld.set(demand, answer);
    return answer.found;
  };
}
