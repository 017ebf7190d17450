import type { Affinity } from '../model/cluster/affinity.ts';
import type { Container } from '../model/cluster/container.ts';
import type { Pod, PodSpec } from '../model/cluster/pod.ts';
import { containerId } from './pod-restrictions.ts';
import type { Keeps } from './restriction.ts';

/** The pod with nothing but what is kept, and without preferences: the scheduler gives those up before it refuses a pod. */
export function reducedPod({ metadata, spec, status }: Pod, keeps: Keeps): Pod {
  const { nodeSelector = {}, tolerations, topologySpreadConstraints = [], overhead = {}, volumes = [] } = spec;
  const keepsDevices = keeps('devices', 'all');
  const reduced: PodSpec = {
    nodeSelector: entries<string>(nodeSelector, (key) => keeps('selector', key)),
    ...(spec.affinity && { affinity: affinityOf(spec.affinity, keeps) }),
    ...(tolerations && { tolerations }),
    topologySpreadConstraints: topologySpreadConstraints.filter((_one, index) => keeps('spread', index)),
    containers: (spec.containers ?? []).map((one, index) => container(one, containerId('containers', index), keeps)),
    initContainers: (spec.initContainers ?? []).map((one, index) => container(one, containerId('initContainers', index), keeps)),
    overhead: entries(overhead, (resource) => keeps('overhead', resource)),
    resources: { requests: entries(spec.resources?.requests ?? {}, (resource) => keeps('request', `pod ${resource}`)) },
    volumes: volumes.filter((_one, index) => keeps('volume', index)),
    ...(keepsDevices && spec.resourceClaims && { resourceClaims: spec.resourceClaims }),
  };
  return { metadata, spec: reduced, status };
}

function affinityOf({ nodeAffinity, podAffinity, podAntiAffinity }: Affinity, keeps: Keeps): Affinity {
  const terms = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const [only] = terms;
  const required = keeps('terms', 'all')
    ? terms
    : only && terms.length === 1 && !only.matchFields
      ? [{ matchExpressions: (only.matchExpressions ?? []).filter((_one, index) => keeps('expression', index)) }]
      : undefined;
  const near = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const away = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  return {
    ...(required && { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: required } } }),
    podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: near.filter((_one, index) => keeps('affinity', index)) },
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: away.filter((_one, index) => keeps('anti-affinity', index)),
    },
  };
}

function container({ resources, ports = [], ...rest }: Container, id: string, keeps: Keeps): Container {
  const requests = entries(resources?.requests ?? {}, (resource) => keeps('request', `${id} ${resource}`));
  const claims = keeps('devices', 'all') && resources?.claims ? { claims: resources.claims } : {};
  return { ...rest, resources: { requests, ...claims }, ports: ports.filter((_one, index) => keeps('port', `${id} ${index}`)) };
}

function entries<T>(all: Readonly<Record<string, T>>, keep: (key: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([key]) => keep(key)));
}
