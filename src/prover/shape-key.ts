import type { PodAffinityTerm } from '../model/cluster/affinity.ts';
import type { Container } from '../model/cluster/container.ts';
import type { LabelSelector, ObjectMeta } from '../model/cluster/object-meta.ts';
import { selectorOf } from '../scheduler/topology-terms.ts';
import type { AskedPod } from './question.ts';

/**
 * Equal for pods that no pool of an empty cluster can tell apart, and whose restrictions have the same names: their answers and
 * conflicts are worked out once. Of selectors only counts whether they select the pod itself: there are no others.
 */
export function shapeKey({ name, pod, missing, claims }: AskedPod): string {
  const { metadata, spec } = pod;
  const { affinity = {}, topologySpreadConstraints = [], volumes = [] } = spec;
  // Claims have names of their own, and what is not known is told with its place.
  const claimed = volumes.filter(({ persistentVolumeClaim, ephemeral }) => persistentVolumeClaim || ephemeral);
  const isOwnKind = claims.length > 0 || claimed.length > 0 || missing.length > 0;
  const term = ({ labelSelector, namespaces, namespaceSelector, topologyKey }: PodAffinityTerm): unknown => {
    const isOpen = namespaceSelector !== undefined || (namespaces ?? []).length > 0;
    return [
      topologyKey,
      isOpen ? [labelSelector, namespaces, namespaceSelector, metadata] : selectsItself(metadata, labelSelector),
    ];
  };
  const side = (part: typeof affinity.podAffinity): unknown => [
    part?.requiredDuringSchedulingIgnoredDuringExecution?.map(term),
    part?.preferredDuringSchedulingIgnoredDuringExecution?.map(({ weight, podAffinityTerm = {} }) => [
      weight,
      term(podAffinityTerm),
    ]),
  ];
  return JSON.stringify([
    isOwnKind && name,
    spec.nodeSelector,
    affinity.nodeAffinity,
    side(affinity.podAffinity),
    side(affinity.podAntiAffinity),
    topologySpreadConstraints.map(({ labelSelector, matchLabelKeys: _, ...rest }) => [
      rest,
      selectsItself(metadata, labelSelector),
    ]),
    spec.tolerations,
    spec.containers?.map(containerKey),
    spec.initContainers?.map(containerKey),
    [spec.overhead, spec.resources?.requests, spec.resourceClaims, spec.runtimeClassName],
    volumes.map((volume) => claimed.includes(volume)),
  ]);
}

function selectsItself({ labels = {} }: ObjectMeta, selector: LabelSelector | undefined): boolean {
  return selectorOf(selector)?.(new Map(Object.entries(labels))) ?? false;
}

function containerKey({ resources, ports = [], restartPolicy }: Container): unknown {
  const held = ports.map(({ hostPort, hostIP, protocol }) => (hostPort ? [hostPort, hostIP, protocol] : 0));
  return [resources?.requests, resources?.claims, held, restartPolicy];
}
