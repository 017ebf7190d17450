import type { Random } from '../algebra/random.ts';
import { apps, deprecatedZone, keys, labelSelector, namespaces, requirement, subset, toleration, zones } from './vocabulary.ts';

/** What a random scenario may make use of; each scenario draws its own few, or all. */
export type Feature =
  | 'selectors'
  | 'preferences'
  | 'tolerations'
  | 'spread'
  | 'affinity'
  | 'antiAffinity'
  | 'volumes'
  | 'ports'
  | 'resources'
  | 'daemons'
  | 'nodes'
  | 'limits'
  | 'minValues'
  | 'reservations'
  | 'classes'
  | 'inline'
  | 'odd';

/** What selectors look at. */
export interface Labels {
  readonly app: string;
  readonly version?: string;
}

export type Has = (feature: Feature) => boolean;

export interface Pod {
  readonly apiVersion: 'v1';
  readonly kind: 'Pod';
  readonly metadata: Readonly<Record<string, unknown>> & { readonly name: string; readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** Pods of one workload: alike but for their names, or nearly. */
export function workload(r: Random, has: Has, name: string, replicas: number, claims: readonly string[]): readonly Pod[] {
  const namespace = r.percent(80) ? 'default' : r.pick(namespaces);
  const labels = { app: r.pick(apps), ...(r.percent(30) && { version: r.pick(['v1', 'v2']) }) };
  const spec = podSpec(r, has, labels);
  const created = r.integer(50);
  return Array.from({ length: replicas }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${index}`,
      namespace,
      uid: `uid-${r.integer(100_000)}-${name}-${index}`,
      labels,
      creationTimestamp: time(created + (r.percent(20) ? r.integer(5) : 0)),
    },
    spec: has('volumes') && r.percent(40) ? { ...spec, volumes: volumes(r, claims) } : spec,
    ...(has('odd') && r.percent(8) && { status: oddStatus(r) }),
  }));
}

export function time(second: number): string {
  return `2026-01-01T00:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}Z`;
}

export function podSpec(r: Random, has: Has, labels: Labels): Readonly<Record<string, unknown>> {
  const affinity = {
    nodeAffinity: nodeAffinity(r, has),
    podAffinity: has('affinity') && r.percent(45) ? podAffinity(r, labels) : undefined,
    podAntiAffinity: has('antiAffinity') && r.percent(45) ? podAffinity(r, labels) : undefined,
  };
  return {
    ...containers(r, has),
    nodeSelector: has('selectors') && r.percent(35) ? nodeSelector(r, has) : undefined,
    affinity: Object.values(affinity).some((part) => part !== undefined) ? affinity : undefined,
    tolerations: has('tolerations') && r.percent(60) ? r.some(1, 3, () => toleration(r)) : undefined,
    topologySpreadConstraints: has('spread') && r.percent(60) ? r.some(1, 3, () => spread(r, labels)) : undefined,
    ...(has('odd') && r.percent(2) && { resourceClaims: [{ name: 'device', resourceClaimName: 'device' }] }),
  };
}

function nodeSelector(r: Random, has: Has): Readonly<Record<string, string>> {
  const pairs = r.some(1, 2, () =>
    r.pick<readonly [string, string]>([
      [keys.zone, r.pick(zones)],
      [keys.arch, r.pick(['amd64', 'arm64'])],
      [keys.capacity, r.pick(['on-demand', 'spot'])],
      ['team', r.pick(['red', 'blue'])],
      ['example.com/tier', r.pick(['1', '2'])],
      [deprecatedZone, r.pick(zones)],
      [keys.pool, r.pick(['alpha', 'beta'])],
      ...(has('odd')
        ? ([
            [keys.host, 'n1'],
            ['karpenter.sh/initialized', 'true'],
          ] as const)
        : []),
    ]),
  );
  return Object.fromEntries(pairs);
}

function nodeAffinity(r: Random, has: Has): object | undefined {
  const term = (): object => {
    const expressions = r.some(1, 2, () => requirement(r, false));
    return has('odd') && r.percent(5) ? {} : { matchExpressions: expressions };
  };
  const required = has('selectors') && r.percent(45) ? { nodeSelectorTerms: r.some(1, 3, term) } : undefined;
  const preferred = (): object => ({ weight: 1 + r.integer(4) * 10, preference: term() });
  const most = r.percent(4) ? 16 : 3;
  const preferences = has('preferences') && r.percent(50) ? r.some(1, most, preferred) : undefined;
  if (!required && !preferences) return undefined;
  return {
    requiredDuringSchedulingIgnoredDuringExecution: required,
    preferredDuringSchedulingIgnoredDuringExecution: preferences,
  };
}

function topologyKey(r: Random): string {
  const usual = [keys.zone, keys.zone, keys.zone, keys.host, keys.host, keys.host];
  return r.percent(75)
    ? r.pick(usual)
    : r.pick([keys.capacity, keys.arch, keys.type, 'rack', 'team', 'unknown', deprecatedZone, keys.pool]);
}

function spread(r: Random, labels: Labels): object {
  const own = { matchLabels: { app: labels.app } };
  return {
    topologyKey: topologyKey(r),
    maxSkew: 1 + (r.percent(30) ? r.integer(3) : 0),
    whenUnsatisfiable: r.percent(70) ? 'DoNotSchedule' : 'ScheduleAnyway',
    labelSelector: r.percent(70) ? own : labelSelector(r),
    minDomains: r.percent(12) ? 1 + r.integer(5) : undefined,
    nodeAffinityPolicy: r.percent(12) ? r.pick(['Honor', 'Ignore']) : undefined,
    nodeTaintsPolicy: r.percent(25) ? r.pick(['Honor', 'Ignore']) : undefined,
    matchLabelKeys: r.percent(8) ? ['version'] : undefined,
  };
}

function podAffinity(r: Random, labels: Labels): object {
  const term = (): object => ({
    topologyKey: topologyKey(r),
    labelSelector: r.percent(60) ? { matchLabels: { app: labels.app } } : (labelSelector(r) ?? {}),
    namespaces: r.percent(10) ? subset(r, namespaces, 1) : undefined,
    namespaceSelector: r.percent(8) ? r.pick([{}, { matchLabels: { stage: 'prod' } }]) : undefined,
  });
  const required = r.percent(60) ? r.some(1, 2, term) : undefined;
  const preferred = r.percent(required ? 25 : 100)
    ? r.some(1, 3, () => ({ weight: 1 + r.integer(3) * 30, podAffinityTerm: term() }))
    : undefined;
  return { requiredDuringSchedulingIgnoredDuringExecution: required, preferredDuringSchedulingIgnoredDuringExecution: preferred };
}

function containers(r: Random, has: Has): Readonly<Record<string, unknown>> {
  const main = {
    name: 'main',
    image: 'pause',
    resources: { requests: requests(r, has) },
    ports: has('ports') && r.percent(40) ? ports(r) : undefined,
  };
  if (!has('resources')) return { containers: [main] };
  const init = (index: number): object => ({
    name: `init-${index}`,
    image: 'pause',
    resources: { requests: requests(r, has) },
    restartPolicy: r.percent(40) ? 'Always' : undefined,
  });
  return {
    containers: r.percent(25) ? [main, { name: 'side', image: 'pause', resources: { requests: requests(r, has) } }] : [main],
    initContainers: r.percent(30) ? r.some(1, 2, () => 0).map((_, index) => init(index)) : undefined,
    overhead: r.percent(10) ? { cpu: '50m', memory: '30Mi' } : undefined,
    resources: r.percent(8) ? { requests: { cpu: '700m', memory: r.pick(['1Gi', '300Mi']) } } : undefined,
  };
}

function requests(r: Random, has: Has): Readonly<Record<string, string>> {
  const rare = ['aws.amazon.com/neuron', 'vpc.amazonaws.com/pod-eni', 'example.com/unknown', 'hugepages-2Mi'];
  const cpu = ['100m', '250m', '500m', '900m', '1', '1500m', '2', '3500m', ...(r.percent(6) ? ['40', '500'] : [])];
  const memory = ['64Mi', '256Mi', '1Gi', '2Gi', '3500Mi', '6Gi', ...(r.percent(6) ? ['1Ti', '1500M'] : [])];
  return {
    ...(r.percent(92) && { cpu: r.pick(cpu) }),
    ...(r.percent(80) && { memory: r.pick(memory) }),
    ...(has('resources') && r.percent(12) && { 'nvidia.com/gpu': r.pick(['1', '1', '2']) }),
    ...(has('resources') && r.percent(6) && { 'ephemeral-storage': r.pick(['5Gi', '15Gi', '100Gi']) }),
    ...(has('resources') && r.percent(4) && { [r.pick(rare)]: r.pick(['0', '1', '2']) }),
    ...(has('odd') && r.percent(3) && { memory: r.pick(['1500m', '128974848', '1e9', '0']) }),
  };
}

function ports(r: Random): readonly object[] {
  return r.some(1, 2, () => ({
    containerPort: 80,
    hostPort: r.pick([80, 80, 443, 8080]),
    protocol: r.pick(['TCP', 'TCP', 'UDP']),
    hostIP: r.percent(25) ? r.pick(['10.0.0.1', '10.0.0.2', '0.0.0.0', '::1', '::']) : undefined,
  }));
}

function volumes(r: Random, claims: readonly string[]): readonly object[] {
  return r
    .some(1, 2, () => r.pick(claims))
    .map((claim, index) => ({ name: `v${index}`, persistentVolumeClaim: { claimName: claim } }));
}

function oddStatus(r: Random): Readonly<Record<string, unknown>> {
  const unschedulable = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable' };
  return r.pick([
    { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }] },
    { phase: 'Pending', conditions: [unschedulable], nominatedNodeName: 'n1' },
    { phase: 'Pending', conditions: [{ ...unschedulable, status: 'True' }] },
    { phase: 'Pending' },
  ]);
}
