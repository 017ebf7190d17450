import type { Minor } from '../algebra/version.ts';
import { labels } from '../catalog/instance-label.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { onceFor } from '../context/once.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import type { StringMap } from '../model/cluster/object-meta.ts';
import type { Pod } from '../model/cluster/pod.ts';
import { type PoolUser, poolUser } from './pool-user.ts';
import { amountIn, middleOf, type Room, roomOf } from './type-room.ts';

export type ArchetypeKind =
  | 'small-web'
  | 'memory-heavy'
  | 'cpu-heavy'
  | 'beside-daemonsets'
  | `on-${string}`
  | 'gpu'
  | 'amd-gpu'
  | 'gaudi'
  | 'neuron';

/** A pod such as the users of one pool run, of a size that its own types suggest. */
export interface Archetype {
  readonly kind: ArchetypeKind;
  /** As after admission: pending, given up by the kube-scheduler. */
  readonly pod: Pod;
}

/** What a web server asks for where nobody has measured it; on small types a quarter of one, so that it shares its node. */
const webMilliCpu = 250;
const webMebibytes = 512;
const webShare = 1 / 4;
/** Half of a node: a second one does not fit beside DaemonSets, while every larger type still takes the first. */
const heavyShare = 1 / 2;
/** What a pod that is heavy in one resource takes of the other. */
const lightShare = 1 / 8;
/** Leaves DaemonSets a quarter of the node. Where they take more, nodes of that size carry little else. */
const besideDaemonSetsShare = 3 / 4;

const accelerators: readonly (readonly [ArchetypeKind, string])[] = [
  ['gpu', 'nvidia.com/gpu'],
  ['amd-gpu', 'amd.com/gpu'],
  ['gaudi', 'habana.ai/gaudi'],
  ['neuron', 'aws.amazon.com/neuron'],
];

/**
 * Representative pods for a pool that may launch `types`; without any, the pods of a pool of common ones. Each tolerates the pool's
 * taints and selects its labels and operating system. Shares are of what pods can use of the type in the middle by cpu and memory,
 * so that no pool is refuted for being of small types, and none proved by a pod that runs anywhere.
 */
export function archetypesFor(pool: NodePool, types: readonly InstanceType[], karpenter: Minor): readonly Archetype[] {
  const { system, room, byArchitecture, accelerated } = onceFor(rooms, types, roomsIn);
  const own = poolUser(pool, karpenter);
  const user = system === undefined ? own : { ...own, nodeSelector: { ...own.nodeSelector, [labels.os]: system } };
  const make = (kind: ArchetypeKind, requests: Room, more: { selector?: StringMap; devices?: StringMap } = {}): Archetype => {
    return { kind, pod: podOf(pool, kind, user, { ...texts(requests), ...more.devices }, more.selector) };
  };
  return [
    make('small-web', webIn(room)),
    make('memory-heavy', { cpu: room.cpu * lightShare, memory: room.memory * heavyShare }),
    make('cpu-heavy', { cpu: room.cpu * heavyShare, memory: room.memory * lightShare }),
    make('beside-daemonsets', { cpu: room.cpu * besideDaemonSetsShare, memory: room.memory * besideDaemonSetsShare }),
    ...byArchitecture.map(([arch, its]) => make(`on-${arch}`, webIn(its), { selector: { [labels.arch]: arch } })),
    ...accelerated.map(([kind, resource, its]) => make(kind, its, { devices: { [resource]: '1' } })),
  ];
}

/** What the types of a pool suggest. */
interface Rooms {
  /** Images of Windows run nowhere else, and its users say so. */
  readonly system: string | undefined;
  readonly room: Room;
  readonly byArchitecture: readonly (readonly [string, Room])[];
  /** For each accelerator that there is, what goes with one device. */
  readonly accelerated: readonly (readonly [ArchetypeKind, string, Room])[];
}

/** Many pools launch the same types. */
const rooms = new WeakMap<readonly InstanceType[], Rooms>();

function roomsIn(types: readonly InstanceType[]): Rooms {
  const systems = new Set(types.flatMap((type) => type.requirement(labels.os)?.only ?? []));
  return {
    system: systems.size === 1 ? [...systems][0] : undefined,
    room: roomOf(middleOf(types)),
    byArchitecture: [...byArchitecture(types)].map(([arch, own]) => [arch, roomOf(middleOf(own))]),
    accelerated: accelerators.flatMap(([kind, resource]) => {
      const carriers = types.filter((type) => amountIn(type, 'capacity', resource) > 0);
      const smallest = middleOf(fewest(carriers, resource));
      return smallest ? [[kind, resource, shareOf(smallest, resource)] as const] : [];
    }),
  };
}

function webIn({ cpu, memory }: Room): Room {
  return { cpu: Math.min(webMilliCpu, cpu * webShare), memory: Math.min(webMebibytes, memory * webShare) };
}

/** Half of what comes with each device of the smallest type that has some. */
function shareOf(type: InstanceType, resource: string): Room {
  const devices = amountIn(type, 'capacity', resource) / 1000;
  const { cpu, memory } = roomOf(type);
  return { cpu: (cpu * heavyShare) / devices, memory: (memory * heavyShare) / devices };
}

function fewest(types: readonly InstanceType[], resource: string): readonly InstanceType[] {
  const devices = (type: InstanceType): number => amountIn(type, 'capacity', resource);
  const least = Math.min(...types.map(devices));
  return types.filter((type) => devices(type) === least);
}

function byArchitecture(types: readonly InstanceType[]): ReadonlyMap<string, readonly InstanceType[]> {
  const found = new Map<string, InstanceType[]>();
  for (const type of types) {
    const arch = type.requirement(labels.arch)?.only;
    if (arch === undefined) continue;
    const own = found.get(arch);
    if (own) own.push(type);
    else found.set(arch, [type]);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function podOf(pool: NodePool, kind: ArchetypeKind, user: PoolUser, requests: StringMap, selector: StringMap = {}): Pod {
  const name = `${pool.metadata.name ?? ''}.${kind}`;
  return {
    metadata: { name, namespace: 'default', uid: `archetype/${name}`, labels: { app: name } },
    spec: {
      nodeSelector: { ...user.nodeSelector, ...selector },
      tolerations: user.tolerations,
      containers: [{ name: 'main', resources: { requests } }],
    },
    status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] },
  };
}

/** A type whose overhead is more than it has leaves a request of nothing. */
function texts({ cpu, memory }: Room): StringMap {
  return { cpu: `${Math.max(0, Math.floor(cpu))}m`, memory: `${Math.max(0, Math.floor(memory))}Mi` };
}
