import { type Amount, addAmounts, subtractAmounts, toNano } from '../algebra/quantity.ts';
import type { Minor } from '../algebra/version.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { instanceTypeInfo } from '../catalog/instance-type-info.ts';
import type { ResourceList } from '../catalog/resource-list.ts';
import type { DaemonPod } from '../scheduler/daemon-pod.ts';
import type { Resources } from '../scheduler/resources.ts';
import type { Arithmetic, Part } from './proof.ts';

const always = ['cpu', 'memory', 'pods'];
const milliPerMebibyte = 1024 * 1024 * 1000;
/** Reserved for contiguous allocation on Graviton. */
const cmaMebibytes = 64;
const nanoPerOne = 1_000_000_000n;

/** For each resource that the pod or a DaemonSet asks for: what the node has, who takes how much, and what is left. */
export function arithmeticOf(
  type: InstanceType,
  daemons: readonly DaemonPod[],
  requests: Resources,
  catalog: Catalog,
  karpenter: Minor,
): Readonly<Record<string, Arithmetic>> {
  const asked = [requests, ...daemons.map((daemon) => daemon.requests)].flatMap((list) => [...list.keys()]);
  const names = [...new Set([...always, ...asked.filter((name) => !always.includes(name)).sort()])];
  return Object.fromEntries(
    names.map((name) => {
      const virtual = name === 'memory' ? takenByMachine(type, catalog, karpenter) : [];
      const usable = type.capacity.get(name)?.amount ?? 0;
      const capacity = virtual.reduce((sum, { amount }) => addAmounts(sum, amount), usable);
      const overhead = [...virtual, ...keptByNode(type, name)];
      const ofDaemons = daemons.flatMap((daemon) => part(daemon.name, daemon.requests.get(name)));
      const request = requests.get(name) ?? 0;
      const left = [...overhead, ...ofDaemons].reduce(
        (rest, { amount }) => subtractAmounts(rest, amount),
        subtractAmounts(capacity, request),
      );
      const sums: Arithmetic = {
        capacity: decimal(capacity),
        overhead: overhead.map(written),
        daemons: ofDaemons.map(written),
        request: decimal(request),
        left: decimal(left),
      };
      return [name, sums] as const;
    }),
  );
}

interface Taken {
  readonly of: string;
  readonly amount: Amount;
}

/** What EC2 says a type has and the operating system never sees. Nothing where somebody else says what the type has. */
function takenByMachine({ name, capacity }: InstanceType, { types }: Catalog, karpenter: Minor): readonly Taken[] {
  const info = instanceTypeInfo(types, name, karpenter);
  const usable = capacity.get('memory')?.amount;
  if (!info.known || usable === undefined) return [];
  const { arch, memoryMib } = info.value;
  const cma = arch === 'arm64' ? cmaMebibytes * milliPerMebibyte : 0;
  const rest = subtractAmounts(subtractAmounts(memoryMib * milliPerMebibyte, cma), usable);
  return rest < 0 ? [] : [...part('contiguous-memory', cma), ...part('vm-memory-overhead', rest)];
}

function keptByNode({ overhead, capacity }: InstanceType, name: string): readonly Taken[] {
  const of = (label: string, list: ResourceList): readonly Taken[] => part(label, list.get(name)?.amount);
  const hugePages = [...capacity].filter(([resource]) => name === 'memory' && resource.startsWith('hugepages-'));
  return [
    ...of('kube-reserved', overhead.kubeReserved),
    ...of('system-reserved', overhead.systemReserved),
    ...of('eviction-threshold', overhead.evictionThreshold),
    ...hugePages.flatMap(([resource, { amount }]) => part(resource, amount)),
  ];
}

function part(of: string, amount: Amount | undefined): readonly Taken[] {
  return amount === undefined || amount === 0 ? [] : [{ of, amount }];
}

function written({ of, amount }: Taken): Part {
  return { of, amount: decimal(amount) };
}

/** Exact, in cores, bytes or counts, without an exponent. */
export function decimal(amount: Amount): string {
  const nano = toNano(amount);
  const magnitude = nano < 0n ? -nano : nano;
  const fraction = String(magnitude % nanoPerOne)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${nano < 0n ? '-' : ''}${magnitude / nanoPerOne}${fraction && `.${fraction}`}`;
}
