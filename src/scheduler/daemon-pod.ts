import type { Container } from '../model/cluster/container.ts';
import type { Pod, PodSpec } from '../model/cluster/pod.ts';
import type { DaemonSet } from '../model/cluster/workload.ts';
import { type HostPort, hostPortsOf } from './host-ports.ts';
import { requestsOf } from './pod-requests.ts';
import { claimsDevices } from './pod-shape.ts';
import { type Constraints, constraintsOf } from './preferences.ts';
import type { Resources } from './resources.ts';

/** The pod that a DaemonSet would put on a new node. */
export interface DaemonPod {
  /** Namespace and name. */
  readonly name: string;
  readonly constraints: Constraints;
  readonly requests: Resources;
  readonly hostPorts: readonly HostPort[];
  readonly claimsDevices: boolean;
}

/**
 * The newest pod that the DaemonSet has, or else one made of its template. The controller pins a pod to its node by required node
 * affinity, so that of the template counts, where it has one.
 */
export function daemonPod(daemonSet: DaemonSet, pods: readonly Pod[]): DaemonPod {
  const newest = newestOf(daemonSet, pods);
  const spec = newest ? withRequiredTerms(newest.spec, daemonSet.template) : withRequests(daemonSet.template);
  const { namespace = 'default', name = '' } = (newest ?? daemonSet).metadata;
  return {
    name: `${namespace}/${name}`,
    constraints: constraintsOf(spec),
    requests: requestsOf(spec, newest?.status),
    hostPorts: hostPortsOf(spec),
    claimsDevices: claimsDevices(spec),
  };
}

function newestOf({ metadata }: DaemonSet, pods: readonly Pod[]): Pod | undefined {
  const uid = metadata.uid ?? `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`;
  let newest: Pod | undefined;
  for (const pod of pods) {
    const { namespace = 'default', ownerReferences = [], creationTimestamp = 0 } = pod.metadata;
    if (namespace !== (metadata.namespace ?? 'default')) continue;
    if (!ownerReferences.some((owner) => owner.controller && owner.uid === uid)) continue;
    if (!newest || creationTimestamp > (newest.metadata.creationTimestamp ?? 0)) newest = pod;
  }
  return newest;
}

function withRequiredTerms(spec: PodSpec, template: PodSpec): PodSpec {
  const required = template.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return spec;
  const nodeAffinity = { ...spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: required };
  return { ...spec, affinity: { ...spec.affinity, nodeAffinity } };
}

/** The API server fills requests from limits in pods, not in templates. */
function withRequests({ containers = [], initContainers = [], ...spec }: PodSpec): PodSpec {
  const filled = (container: Container): Container => ({
    ...container,
    resources: { ...container.resources, requests: { ...container.resources?.limits, ...container.resources?.requests } },
  });
  return { ...spec, containers: containers.map(filled), initContainers: initContainers.map(filled) };
}
