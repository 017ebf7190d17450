import type { Affinity, PodAffinity, PodAffinityTerm } from '../model/cluster/affinity.ts';
import type { Container, ResourceList } from '../model/cluster/container.ts';
import type { StringMap } from '../model/cluster/object-meta.ts';
import type { PodSpec } from '../model/cluster/pod.ts';
import type { PodToleration } from '../model/cluster/taint.ts';

/** Objects of the cluster that change a pod on its way in. */
export interface AdmissionObjects {
  readonly runtimeClasses: ReadonlyMap<string, RuntimeClass>;
  /** By namespace, those of LimitRanges that are about containers. */
  readonly containerLimits: ReadonlyMap<string, readonly ContainerLimits[]>;
}

export interface RuntimeClass {
  readonly overhead?: ResourceList;
  readonly nodeSelector?: StringMap;
  readonly tolerations?: readonly PodToleration[];
}

/** Amounts that a container gets which does not say them. */
export interface ContainerLimits {
  readonly default?: ResourceList;
  readonly defaultRequest?: ResourceList;
}

const untilEvicted = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/**
 * What the API server makes of a pod as far as scheduling can see it: requests from limits, amounts of LimitRanges, overhead and
 * selector of the RuntimeClass, ports of the host network, the tolerations that every pod gets, label keys of affinity terms.
 */
export function admitted(spec: PodSpec, labels: StringMap, namespace: string, objects: AdmissionObjects): PodSpec {
  const runtime = spec.runtimeClassName === undefined ? undefined : objects.runtimeClasses.get(spec.runtimeClassName);
  const limits = objects.containerLimits.get(namespace) ?? [];
  const container = (one: Container): Container => withPorts(withLimits(withRequests(one), limits), spec.hostNetwork ?? false);
  return {
    ...spec,
    ...(spec.containers && { containers: spec.containers.map(container) }),
    ...(spec.initContainers && { initContainers: spec.initContainers.map(container) }),
    ...(spec.resources && { resources: withRequests(spec).resources ?? {} }),
    ...(spec.affinity && { affinity: withLabelKeys(spec.affinity, labels) }),
    ...(runtime?.overhead && { overhead: runtime.overhead }),
    ...(runtime?.nodeSelector && { nodeSelector: { ...spec.nodeSelector, ...runtime.nodeSelector } }),
    tolerations: withDefaults([...(spec.tolerations ?? []), ...(runtime?.tolerations ?? [])]),
  };
}

function withRequests<T extends Pick<Container, 'resources'>>(one: T): T {
  const { resources } = one;
  return resources?.limits
    ? { ...one, resources: { ...resources, requests: { ...resources.limits, ...resources.requests } } }
    : one;
}

/** A LimitRange without a default request uses its default limit for that. */
function withLimits(one: Container, ranges: readonly ContainerLimits[]): Container {
  let { requests, limits } = one.resources ?? {};
  for (const range of ranges) {
    requests = { ...range.default, ...range.defaultRequest, ...requests };
    limits = { ...range.default, ...limits };
  }
  return ranges.length === 0
    ? one
    : { ...one, resources: { ...one.resources, ...(requests && { requests }), ...(limits && { limits }) } };
}

function withPorts(one: Container, hostNetwork: boolean): Container {
  if (!one.ports) return one;
  const ports = one.ports.map((port) => ({
    protocol: 'TCP',
    ...port,
    ...(hostNetwork && !port.hostPort && port.containerPort !== undefined && { hostPort: port.containerPort }),
  }));
  return { ...one, ports };
}

/** DefaultTolerationSeconds. */
function withDefaults(tolerations: readonly PodToleration[]): readonly PodToleration[] {
  const missing = untilEvicted.filter(
    (key) => !tolerations.some((own) => (!own.key || own.key === key) && (!own.effect || own.effect === 'NoExecute')),
  );
  const added = missing.map((key): PodToleration => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }));
  return [...tolerations, ...added];
}

function withLabelKeys({ podAffinity, podAntiAffinity, ...rest }: Affinity, labels: StringMap): Affinity {
  return {
    ...rest,
    ...(podAffinity && { podAffinity: withKeysOf(podAffinity, labels) }),
    ...(podAntiAffinity && { podAntiAffinity: withKeysOf(podAntiAffinity, labels) }),
  };
}

function withKeysOf(affinity: PodAffinity, labels: StringMap): PodAffinity {
  const { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred } =
    affinity;
  return {
    ...(required && { requiredDuringSchedulingIgnoredDuringExecution: required.map((term) => withKeys(term, labels)) }),
    ...(preferred && {
      preferredDuringSchedulingIgnoredDuringExecution: preferred.map(({ podAffinityTerm = {}, ...weighted }) => ({
        ...weighted,
        podAffinityTerm: withKeys(podAffinityTerm, labels),
      })),
    }),
  };
}

/** Keys that the pod lacks are passed over, and a term without selector stays without. */
function withKeys({ matchLabelKeys = [], mismatchLabelKeys = [], ...term }: PodAffinityTerm, labels: StringMap): PodAffinityTerm {
  const expressions = [
    ...matchLabelKeys.map((key) => ({ key, operator: 'In' })),
    ...mismatchLabelKeys.map((key) => ({ key, operator: 'NotIn' })),
  ].flatMap(({ key, operator }) => (Object.hasOwn(labels, key) ? [{ key, operator, values: [labels[key] ?? ''] }] : []));
  const { labelSelector } = term;
  if (!labelSelector || expressions.length === 0) return term;
  return {
    ...term,
    labelSelector: { ...labelSelector, matchExpressions: [...(labelSelector.matchExpressions ?? []), ...expressions] },
  };
}
