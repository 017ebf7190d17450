import type { KubernetesObject } from '../document/document.ts';
import { find, ScalarNode } from '../document/node.ts';
import { nameAt } from '../document/objects.ts';
import type { Path, Place } from '../text/place.ts';
import type { Autoscaled, Replicas } from './autoscalers.ts';
import type { ProofFacts } from './question.ts';

const jobs: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['Job', ['spec']],
  ['CronJob', ['spec', 'jobTemplate', 'spec']],
]);

/** How many pods a workload has at once, and what says so. */
export function replicasOf(object: KubernetesObject, range: Autoscaled | undefined, scale: ProofFacts['scale']): Replicas {
  if (range && scale !== 'current') return scale === 'min' ? range.least : range.most;
  const written = writtenReplicas(object);
  if (!range || written.count === undefined) return written;
  if ((range.least.count ?? 0) > written.count) return range.least;
  return (range.most.count ?? written.count) < written.count ? range.most : written;
}

/** What a rolling update of so many pods does at once. */
export interface RollingUpdate {
  /** How many pods it starts beside them. */
  readonly surge: number;
  /** How many it may stop before others have started. */
  readonly unavailable: number;
  /** Where the manifest says how many it starts, or how many pods there are. */
  readonly from: Place;
}

/** Undefined where old pods go before new ones come whatever the counts, and where a count is not known. */
export function rollingUpdateOf({ kind, node }: KubernetesObject, { count, from }: Replicas): RollingUpdate | undefined {
  const at = (...path: readonly string[]): ScalarNode | undefined => {
    const found = find(node, ['spec', 'strategy', ...path]);
    return found instanceof ScalarNode ? found : undefined;
  };
  const [type, surge, unavailable] = [at('type'), at('rollingUpdate', 'maxSurge'), at('rollingUpdate', 'maxUnavailable')];
  if (kind !== 'Deployment' || count === undefined || type?.value === 'Recreate') return undefined;
  if (type?.unresolved || surge?.unresolved || unavailable?.unresolved) return undefined;
  return {
    surge: Math.ceil(shareOf(surge, count)),
    unavailable: Math.floor(shareOf(unavailable, count)),
    from: surge?.at ?? from,
  };
}

function shareOf(written: ScalarNode | undefined, replicas: number): number {
  const [, share, sign] = /^(\d+)(%?)$/.exec(String(written?.value ?? '25%')) ?? [];
  return sign === '%' ? (replicas * Number(share)) / 100 : Number(share ?? 0);
}

function writtenReplicas(object: KubernetesObject): Replicas {
  const job = jobs.get(object.kind);
  if (!job) return object.kind === 'Pod' ? new Counted(1, () => nameAt(object)) : countAt(object, ['spec', 'replicas'], 1);
  const suspend = find(object.node, [...job, 'suspend']);
  // As in a simulation: a Job that is suspended has no pods, while those of a CronJob are there to be started some time.
  if (object.kind === 'Job' && suspend instanceof ScalarNode && suspend.value === true) return { count: 0, from: suspend.at };
  const parallelism = countAt(object, [...job, 'parallelism'], 1);
  const completions = countAt(object, [...job, 'completions'], parallelism.count);
  const isFewer = completions.count !== undefined && completions.count < (parallelism.count ?? 0);
  return isFewer ? completions : parallelism;
}

function countAt(object: KubernetesObject, path: Path, otherwise: number | undefined): Replicas {
  const node = find(object.node, path);
  if (!(node instanceof ScalarNode) || node.value === null) return new Counted(otherwise, () => nameAt(object));
  const isCount = !node.unresolved && Number.isSafeInteger(node.value) && Number(node.value) >= 0;
  return new Counted(isCount ? Number(node.value) : undefined, () => node.at);
}

/** Every workload is counted, and few are told of: a place is made for those alone. */
class Counted implements Replicas {
  readonly count: number | undefined;
  readonly #place: () => Place;

  constructor(count: number | undefined, place: () => Place) {
    this.count = count;
    this.#place = place;
  }

  get from(): Place {
    return this.#place();
  }
}
