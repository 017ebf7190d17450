import type { KubernetesObject } from '../document/document.ts';
import { find, ScalarNode } from '../document/node.ts';
import { nameAt } from '../document/objects.ts';
import type { Path } from '../text/place.ts';
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

/** How many pods a rolling update adds to so many. */
export function surgeOf({ kind, node }: KubernetesObject, replicas: number): number {
  if (kind !== 'Deployment') return 0;
  const at = (...path: readonly string[]): unknown => {
    const found = find(node, ['spec', 'strategy', ...path]);
    return found instanceof ScalarNode && !found.unresolved ? found.value : undefined;
  };
  if (at('type') === 'Recreate') return 0;
  const surge = String(at('rollingUpdate', 'maxSurge') ?? '25%');
  const [, share, sign] = /^(\d+)(%?)$/.exec(surge) ?? [];
  return sign === '%' ? Math.ceil((replicas * Number(share)) / 100) : Number(share ?? 0);
}

function writtenReplicas(object: KubernetesObject): Replicas {
  const job = jobs.get(object.kind);
  if (!job) return object.kind === 'Pod' ? { count: 1, from: nameAt(object) } : countAt(object, ['spec', 'replicas'], 1);
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
  if (!(node instanceof ScalarNode) || node.value === null) return { count: otherwise, from: nameAt(object) };
  const isCount = !node.unresolved && Number.isSafeInteger(node.value) && Number(node.value) >= 0;
  return { count: isCount ? Number(node.value) : undefined, from: node.at };
}
