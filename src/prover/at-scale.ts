import type { Pod } from '../model/cluster/pod.ts';
import type { Results } from '../scheduler/results.ts';
import { Scheduler } from '../scheduler/scheduler.ts';
import { withClaims } from '../scheduler/simulation.ts';
import { fill, fillingOf } from './node-filling.ts';
import type { Oracle } from './oracle.ts';
import type { AtScale } from './proof.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { replicaPods } from './replica-pods.ts';
import { type FullPool, stopsAtLimits, stopsIn, type Ties } from './scale-stops.ts';

/** Of pods that have to be tried one by one, so many. */
const mostTried = 1000;

/** Which pools are asked, and which of them take the first replica. */
interface Asking {
  readonly pools: readonly AskedPool[];
  readonly takers: readonly AskedPool[];
  readonly ties: Ties;
}

/** The same for every workload of one shape that has as many replicas. */
export type ScaleOutcome = Omit<AtScale, 'from' | 'replicas'>;

/** All replicas of a workload at once, in a cluster that has nothing else. */
export class ScaleRuns {
  readonly #oracle: Oracle;
  readonly #schedulers = new Map<string, Scheduler>();

  constructor(oracle: Oracle) {
    this.#oracle = oracle;
  }

  /** `takers`: the pools that take the first replica, in the order in which they are asked. */
  run(asked: AskedPod, count: number, takers: readonly AskedPool[]): ScaleOutcome {
    const { isTopological } = this.#oracle.podOf(asked.pod);
    const ties: Ties = { isTopological, isAttached: isAttached(asked.pod) };
    // Domains are counted over all pools, also over those that the pod cannot go to.
    const pools = isTopological ? this.#oracle.question.pools.filter(({ isStatic }) => !isStatic) : takers;
    return this.#outcome(asked, count, { pools, takers, ties });
  }

  #outcome(asked: AskedPod, count: number, asking: Asking): ScaleOutcome {
    const counted = asking.ties.isTopological ? undefined : this.#counted(asked, count, asking.takers);
    if (counted) return counted;
    const pods = Math.min(count, mostTried);
    const found = outcomeOf(this.#solve(asked, pods, asking.pools), pods, asking);
    if (pods === count) return found;
    return { ...found, stops: [`only the first ${mostTried} of ${count} replicas were tried`, ...found.stops] };
  }

  /** Where nothing but the room on nodes and the limits tell where replicas go. One pool is filled up before the next is asked. */
  #counted(asked: AskedPod, count: number, takers: readonly AskedPool[]): ScaleOutcome | undefined {
    if (!this.#areAlike(asked, takers)) return undefined;
    let [scheduled, nodes] = [0, 0];
    const full: FullPool[] = [];
    for (const taker of takers) {
      if (scheduled === count) break;
      const filling = fillingOf(taker, asked, this.#oracle);
      if (!filling) return undefined;
      const filled = fill(filling, count - scheduled);
      scheduled += filled.pods;
      nodes += filled.nodes;
      full.push({ asked: taker, reached: filled.reached });
    }
    return { scheduled, nodes, ...(scheduled === count ? { stops: [], limits: [] } : stopsAtLimits(full)) };
  }

  /** Equal pods, each of which may stand beside any other, and that give up nothing to get a place. */
  #areAlike({ pod }: AskedPod, takers: readonly AskedPool[]): boolean {
    const { preferredTerms, requiredTerms = [] } = this.#oracle.podOf(pod).constraints;
    const { containers = [], initContainers = [] } = pod.spec;
    const hasPorts = [...containers, ...initContainers].some(({ ports = [] }) => ports.some(({ hostPort }) => hostPort));
    const isSoftlyTainted = takers.some(({ pool }) =>
      pool.spec.template.taints.some(({ effect }) => effect === 'PreferNoSchedule'),
    );
    return !isAttached(pod) && !hasPorts && preferredTerms.length === 0 && requiredTerms.length < 2 && !isSoftlyTainted;
  }

  #solve(asked: AskedPod, count: number, pools: readonly AskedPool[]): Results {
    const { pods, claims } = replicaPods(asked, count);
    const { cluster, facts } = this.#oracle.question;
    return this.#scheduler(pools).solve(withClaims({ ...cluster, pods }, claims), facts.now);
  }

  #scheduler(pools: readonly AskedPool[]): Scheduler {
    const key = JSON.stringify(pools.map(({ name }) => name));
    const known = this.#schedulers.get(key) ?? new Scheduler(pools, this.#oracle.settings, this.#oracle.tables);
    this.#schedulers.set(key, known);
    return known;
  }
}

/** Whether a volume may hold it to a zone. */
function isAttached({ spec: { volumes = [] } }: Pod): boolean {
  return volumes.some(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim || ephemeral);
}

function outcomeOf(results: Results, pods: number, { takers, ties }: Asking): ScaleOutcome {
  const { newNodeClaims, errors, ignored } = results;
  const scheduled = pods - errors.size - ignored.size;
  return { scheduled, nodes: newNodeClaims.length, ...stopsIn(results, takers, ties) };
}
