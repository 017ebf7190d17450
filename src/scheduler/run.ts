import { sortSlice } from '../algebra/sort-slice.ts';
import { type ClusterState, podKey } from './cluster.ts';
import type { Finalizer } from './finalize.ts';
import { newClaim } from './new-claim.ts';
import type { NodeClaim, Placement } from './node-claim.ts';
import { type PoolRefusal, Queue, type QueuedPod, type Refusals, type ScheduledPod } from './queue.ts';
import { isFinal } from './refusal.ts';
import type { NewNodeClaim, Results } from './results.ts';
import type { OpenTemplate, PoolKnowledge, RunState } from './run-state.ts';
import { setUp } from './set-up.ts';
import type { OnPlaced, SchedulerSettings } from './settings.ts';
import { ownsNothing } from './topology.ts';

/** Provisioner.Schedule: one run of the scheduler over the pending pods. */
export function run(known: PoolKnowledge, state: ClusterState, settings: SchedulerSettings): Results {
  if (known.pools.length === 0) return withoutPools(state);
  return new Run(setUp(known, state, settings), known.finalizer).solve(state, settings.onPlaced);
}

function withoutPools({ batch, ignored }: ClusterState): Results {
  const error: Refusals = { refusals: [{ nodePool: undefined, refusal: { category: 'no-nodepools' } }] };
  return { newNodeClaims: [], existingNodes: [], errors: new Map(batch.map((pod) => [podKey(pod), error])), ignored };
}

class Run {
  readonly #state: RunState;
  readonly #finalizer: Finalizer;
  readonly #claims: NodeClaim[] = [];
  readonly #owners = new Map<NodeClaim, OpenTemplate>();
  #claimsSorted = true;
  #hosts = 0;
  /** Pods placed so far: as long as it does not rise, a shape that failed will fail again. */
  #placed = 0;
  readonly #failures = new Map<unknown, { readonly placed: number; readonly error: Refusals }>();

  constructor(state: RunState, finalizer: Finalizer) {
    this.#state = state;
    this.#finalizer = finalizer;
  }

  solve({ ignored }: ClusterState, onPlaced: OnPlaced | undefined): Results {
    const errors = new Map<string, Refusals>();
    const queue = new Queue(this.#state.batch);
    for (let pod = queue.pop(); pod; pod = queue.pop()) {
      const error = this.#schedule(pod);
      if (error) {
        errors.set(pod.key, error);
        queue.push(pod);
      } else {
        errors.delete(pod.key);
        this.#placed++;
        onPlaced?.(this.#placed, this.#state.batch.length);
      }
    }
    const newNodeClaims = this.#finalize(errors);
    const existingNodes = this.#state.existingNodes.filter(({ pods }) => pods.length > 0);
    return { newNodeClaims, existingNodes, errors, ignored };
  }

  /** Tries the pod with all its preferences, then with one less, and so on. What it had to give up, it gets back if it fails. */
  #schedule(pod: QueuedPod): Refusals | undefined {
    const { topology } = this.#state.tools;
    const failed = this.#failures.get(pod.shape);
    if (failed?.placed === this.#placed && pod.registered) return failed.error;
    let owned = pod.registered ? pod.shape.owned(topology) : ownsNothing;
    for (let shape = pod.shape; ; ) {
      const error = this.#add({ key: pod.key, pod: pod.pod, shape, owned });
      if (!error) return undefined;
      const less = error.refusals.some(({ refusal }) => isFinal(refusal)) ? undefined : shape.relaxed();
      if (!less) {
        pod.registered = true;
        this.#failures.set(pod.shape, { placed: this.#placed, error });
        pod.shape.owned(topology);
        return error;
      }
      shape = less;
      owned = shape.owned(topology);
    }
  }

  #add(pod: ScheduledPod): Refusals | undefined {
    if (pod.shape.fixed.claimsDevices) return { refusals: [{ nodePool: undefined, refusal: { category: 'dra' } }] };
    if (this.#addToExistingNode(pod) || this.#addToInflightClaim(pod)) return undefined;
    if (this.#state.templates.length === 0) return { refusals: [{ nodePool: undefined, refusal: { category: 'no-templates' } }] };
    return this.#addToNewClaim(pod);
  }

  #addToExistingNode(pod: ScheduledPod): boolean {
    for (const node of this.#state.existingNodes) {
      const placed = node.canAdd(pod);
      if (!placed) continue;
      node.add(pod, placed);
      return true;
    }
    return false;
  }

  /** The claim with the fewest pods first: load is levelled, not packed. The order of equals is that of Go's unstable sort. */
  #addToInflightClaim(pod: ScheduledPod): boolean {
    if (!this.#claimsSorted) sortSlice(this.#claims, (a, b) => a.pods.length < b.pods.length);
    this.#claimsSorted = true;
    for (const claim of this.#claims) {
      if (claim.isHopeless(pod)) continue;
      const placement = claim.canAdd(pod, false);
      if ('category' in placement) continue;
      claim.add(pod, placement);
      this.#claimsSorted = false;
      return true;
    }
    return false;
  }

  #addToNewClaim(pod: ScheduledPod): Refusals | undefined {
    const refusals: PoolRefusal[] = [];
    for (const open of this.#state.templates) {
      const refused = this.#open(open, pod);
      if (!refused) return undefined;
      refusals.push(refused);
      // A pool with a reservation that may come free is waited for: no pool of less weight is asked.
      if (refused.refusal.category === 'reserved-offering') break;
    }
    return { refusals };
  }

  #open(open: OpenTemplate, pod: ScheduledPod): PoolRefusal | undefined {
    const opened = newClaim(open, pod, this.#state.tools, this.#state.relaxMinValues, () => {
      this.#hosts++;
      return `hostname-placeholder-${String(this.#hosts).padStart(4, '0')}`;
    });
    if ('category' in opened) return { nodePool: open.template.name, refusal: opened };
    this.#launch(open, opened.claim, pod, opened.placement);
    return undefined;
  }

  #launch(open: OpenTemplate, claim: NodeClaim, pod: ScheduledPod, placement: Placement): void {
    open.minValuesRelaxed = placement.minValuesRelaxed;
    claim.add(pod, placement);
    this.#claims.push(claim);
    this.#owners.set(claim, open);
    this.#claimsSorted = false;
    open.limits.charge(open.template, claim.types);
  }

  #finalize(errors: Map<string, Refusals>): readonly NewNodeClaim[] {
    return this.#claims.flatMap((claim) => {
      const made = this.#finalizer.finalize(claim, this.#owners.get(claim)?.minValuesRelaxed ?? false);
      if (made) return [made];
      const refusal: PoolRefusal = { nodePool: claim.template.name, refusal: { category: 'min-values-after-truncation' } };
      for (const { key } of claim.pods) errors.set(key, { refusals: [refusal] });
      return [];
    });
  }
}
