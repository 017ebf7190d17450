import type { Amount } from '../algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../algebra/quantity-text.ts';
import type { Container, ContainerStatus, ResourceList } from '../model/cluster/container.ts';
import type { PodSpec, PodStatus } from '../model/cluster/pod.ts';
import { maxResources, mergeResources, noResources, type Resources } from './resources.ts';

/** Amounts of a list that the reader has checked. */
export function resourcesOf(list: ResourceList | undefined): Resources {
  if (!list) return noResources;
  return new Map(Object.entries(list).map(([name, written]) => [name, amountOf(written)]));
}

function amountOf(written: string | number): Amount {
  const quantity = parseQuantity(String(written).trim());
  return isQuantityFault(quantity) ? 0 : quantity.amount;
}

/** resources.RequestsForPods of one pod: what its containers, its overhead and its place among the pods of a node ask for. */
export function requestsOf(spec: PodSpec, status: PodStatus = {}): Resources {
  const containers = aggregate(spec, effectiveRequests(status));
  const requests = new Map(podLevel(spec, containers));
  for (const [name, amount] of mergeResources(requests, resourcesOf(spec.overhead))) requests.set(name, amount);
  return requests.set('pods', 1000);
}

/** `pods` counts the pods themselves. */
export function requestsOfAll(pods: readonly Resources[]): Resources {
  return new Map(mergeResources(...pods)).set('pods', pods.length * 1000);
}

type RequestsOf = (container: Container) => Resources;

/**
 * The greater of what runs together (containers and sidecars) and of the steepest moment of the start: each init container runs
 * alone, but beside the sidecars before it.
 */
function aggregate({ containers = [], initContainers = [] }: PodSpec, requests: RequestsOf): Resources {
  let running = mergeResources(...containers.map(requests));
  let sidecars = noResources;
  let peak = noResources;
  for (const container of initContainers) {
    if (isSidecar(container)) {
      const own = requests(container);
      running = mergeResources(running, own);
      sidecars = mergeResources(sidecars, own);
      peak = maxResources(peak, sidecars);
    } else peak = maxResources(peak, mergeResources(resourcesOf(container.resources?.requests), sidecars));
  }
  return maxResources(running, peak);
}

/** Requests of the pod as a whole replace those of its containers, for the resources that may be given so. */
function podLevel({ resources }: PodSpec, containers: Resources): Resources {
  const given = [...resourcesOf(resources?.requests)].filter(([name]) => isPodLevel(name));
  return given.length === 0 ? containers : new Map([...containers, ...given]);
}

function isPodLevel(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/** During an in-place resize a container counts with the most that it asks for, has, or has been promised. */
function effectiveRequests({ containerStatuses = [], initContainerStatuses = [], conditions = [] }: PodStatus): RequestsOf {
  const statuses = new Map<string | undefined, ContainerStatus>();
  for (const status of [...containerStatuses, ...initContainerStatuses]) statuses.set(status.name, status);
  const pending = conditions.find(({ type }) => type === 'PodResizePending');
  const isInfeasible = pending?.reason === 'Infeasible';
  return (container) => {
    const spec = resourcesOf(container.resources?.requests);
    const status = statuses.get(container.name);
    if (!status?.resources) return spec;
    const held = maxResources(resourcesOf(status.resources.requests), resourcesOf(status.allocatedResources));
    return isInfeasible ? held : maxResources(spec, held);
  };
}
