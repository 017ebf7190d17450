import type { Catalog } from '../../../src/catalog/catalog.ts';
import { fact } from '../../../src/catalog/type-table.ts';
import type { Witness } from '../../../src/prover/proof.ts';
import type { Manifest } from './random-fleet.ts';

/**
 * Does the sums of a witness again, from the manifests and what EC2 says of the type, with nothing of the scheduler or the prover.
 * Amounts are billionths in BigInt. Answers what is wrong.
 */
export function checkWitness(
  witness: Witness,
  workload: Manifest,
  manifests: readonly Manifest[],
  catalog: Catalog,
): readonly string[] {
  const faults: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown): void => {
    if (String(found) !== String(wanted)) faults.push(`${what} is ${found}, not ${wanted}`);
  };
  const pool = manifests.find(({ kind, metadata }) => kind === 'NodePool' && metadata.name === witness.pool);
  const className = pool?.spec.template.spec.nodeClassRef.name;
  const nodeClass = manifests.find(({ kind, metadata }) => kind === 'EC2NodeClass' && metadata.name === className);
  if (!pool || !nodeClass) return ['its pool or its class is not there'];
  const pod = workload.spec.template.spec;
  const type = typeOf(witness.instanceType, catalog);
  const node = labelsOf(witness, pool, type, pod);
  const taints: readonly Taint[] = pool.spec.template.spec.taints ?? [];

  for (const taint of taints) {
    if (!pod.tolerations?.some((one: Toleration) => tolerates(one, taint))) faults.push(`taint ${taint.key} is not tolerated`);
  }
  expect('tolerated taints', witness.tolerated.length, taints.length);
  for (const one of [...(pool.spec.template.spec.requirements ?? []), ...expressionsOf(pod)]) {
    if (!meets(node, one)) faults.push(`the node does not meet ${JSON.stringify(one)}`);
  }
  for (const [key, value] of Object.entries(pod.nodeSelector ?? {}))
    if (node.get(key) !== value) faults.push(`${key} is not ${value}`);
  const subnets = nodeClass.status?.subnets?.map(({ zone }: { readonly zone: string }) => zone);
  if (subnets && !subnets.includes(witness.zone)) faults.push(`no subnet lies in ${witness.zone}`);

  const daemons = manifests.filter(({ kind, spec }) => kind === 'DaemonSet' && runsOn(spec.template.spec, node, taints));
  const kubelet = nodeClass.spec.kubelet ?? {};
  const capacity = new Map([
    ['cpu', BigInt(type.vcpus) * one],
    ['memory', BigInt(type.memoryMib) * mebibyte],
    ...(kubelet.maxPods === undefined ? [] : [['pods', BigInt(kubelet.maxPods) * one] as const]),
  ]);
  for (const [resource, sums] of Object.entries(witness.arithmetic)) {
    const amount = quantity(sums.capacity);
    if (capacity.has(resource)) expect(`capacity of ${resource}`, amount, capacity.get(resource));
    expect(`request of ${resource}`, quantity(sums.request), requestOf(pod, resource));
    const ofDaemons = daemons.flatMap(({ metadata, spec }) => {
      const asked = requestOf(spec.template.spec, resource);
      return asked === 0n ? [] : [`kube-system/${metadata.name} ${asked}`];
    });
    expect(`daemons of ${resource}`, sums.daemons.map(({ of, amount }) => `${of} ${quantity(amount)}`).sort(), ofDaemons.sort());
    const taken = [...sums.overhead, ...sums.daemons].reduce((sum, part) => sum + quantity(part.amount), quantity(sums.request));
    expect(`left of ${resource}`, quantity(sums.left), amount - taken);
    if (amount - taken < 0n) faults.push(`${resource} is short by ${taken - amount}`);
    const limit = pool.spec.limits?.[resource];
    const usable = amount - sum(sums.overhead.filter(({ of }) => machine.includes(of)));
    if (limit !== undefined && usable > quantity(limit)) faults.push(`a node has more ${resource} than the limit`);
    if (resource === 'cpu' || resource === 'memory') checkOverhead(resource, sums.overhead, type, kubelet, amount, expect);
  }
  for (const resource of [...requestedBy(pod), 'cpu', 'memory', 'pods'])
    if (!witness.arithmetic[resource]) faults.push(`${resource} is not told`);
  return faults;
}

const machine = ['vm-memory-overhead', 'contiguous-memory'];
const one = 10n ** 9n;
const mebibyte = 1024n * 1024n * one;

interface Type {
  readonly name: string;
  readonly vcpus: number;
  readonly memoryMib: number;
  readonly arch: string;
}

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
}

interface Expression {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}

type Parts = readonly { readonly of: string; readonly amount: string }[];

function typeOf(name: string, { types }: Catalog): Type {
  const row = types.rowOf.get(name) ?? -1;
  const cell = (column: 'vcpus' | 'memoryMib' | 'arch'): string => fact(types, row, column) ?? '';
  return { name, vcpus: Number(cell('vcpus')), memoryMib: Number(cell('memoryMib')), arch: cell('arch') };
}

/** AL2023: shares of cores by bands, memory by the pods that the interfaces hold, 100Mi before eviction, 7.5% for the machine. */
function checkOverhead(
  resource: 'cpu' | 'memory',
  parts: Parts,
  { vcpus, memoryMib, arch }: Type,
  // biome-ignore lint/suspicious/noExplicitAny: a manifest is whatever people write
  kubelet: any,
  capacity: bigint,
  expect: (what: string, found: unknown, wanted: unknown) => void,
): void {
  const part = (of: string): bigint => sum(parts.filter((each) => each.of === of));
  if (resource === 'cpu') {
    const milli =
      60 + (vcpus > 1 ? 10 : 0) + Math.trunc(Math.max(0, Math.min(vcpus, 4) - 2) * 5) + Math.trunc(Math.max(0, vcpus - 4) * 2.5);
    const written = kubelet.kubeReserved?.cpu;
    expect('kube-reserved cpu', part('kube-reserved'), written === undefined ? BigInt(milli) * 1_000_000n : quantity(written));
    expect('cpu for the system', part('system-reserved'), quantity(kubelet.systemReserved?.cpu ?? '0'));
    return;
  }
  const usable = memoryMib - (arch === 'arm64' ? 64 : 0);
  expect('memory of the machine', part('contiguous-memory'), arch === 'arm64' ? 64n * mebibyte : 0n);
  const seen = usable - Math.ceil(usable * 0.075);
  expect('memory overhead of the machine', part('vm-memory-overhead'), BigInt(usable - seen) * mebibyte);
  expect('memory for the system', part('system-reserved'), quantity(kubelet.systemReserved?.memory ?? '0'));
  const threshold = kubelet.evictionHard?.['memory.available'] ?? '100Mi';
  const percent = /^(\d+)%$/.exec(threshold)?.[1];
  const kept = percent ? BigInt(Math.ceil(((seen * 1024 * 1024) / 100) * Number(percent))) * one : quantity(threshold);
  expect('eviction threshold', part('eviction-threshold'), kept);
  if (part('kube-reserved') <= 255n * mebibyte || part('kube-reserved') >= capacity)
    expect('kube-reserved memory', part('kube-reserved'), 'plausible');
}

function sum(parts: Parts): bigint {
  return parts.reduce((total, { amount }) => total + quantity(amount), 0n);
}

const suffixes: Readonly<Record<string, bigint>> = {
  '': one,
  m: 10n ** 6n,
  k: 10n ** 12n,
  M: 10n ** 15n,
  G: 10n ** 18n,
  Ki: 1024n * one,
  Mi: mebibyte,
  Gi: 1024n * mebibyte,
};

/** In billionths. */
function quantity(text: string | number): bigint {
  const [, sign, whole = '', fraction = '', suffix = ''] = /^(-?)(\d+)(?:\.(\d+))?([A-Za-z]*)$/.exec(String(text)) ?? [];
  const scale = suffixes[suffix];
  if (whole === '' || scale === undefined) throw new Error(`not a quantity: ${text}`);
  const digits = BigInt(whole + fraction) * scale;
  const divisor = 10n ** BigInt(fraction.length);
  if (digits % divisor !== 0n) throw new Error(`finer than a billionth: ${text}`);
  return (sign === '-' ? -1n : 1n) * (digits / divisor);
}

// biome-ignore lint/suspicious/noExplicitAny: a manifest is whatever people write
type Spec = any;

function requestedBy(spec: Spec): readonly string[] {
  const lists = [...spec.containers, ...(spec.initContainers ?? [])].map(({ resources }: Spec) =>
    Object.keys(resources?.requests ?? {}),
  );
  return [...new Set<string>(lists.flat())];
}

/** The containers together, or the init container that asks for most. A pod counts as one pod. */
function requestOf(spec: Spec, resource: string): bigint {
  if (resource === 'pods') return one;
  const of = ({ resources }: Spec): bigint => quantity(resources?.requests?.[resource] ?? '0');
  const together = spec.containers.map(of).reduce((a: bigint, b: bigint) => a + b, 0n);
  return (spec.initContainers ?? []).map(of).reduce((a: bigint, b: bigint) => (b > a ? b : a), together);
}

function tolerates({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false;
  if (operator === 'Exists') return !key || key === taint.key;
  return key === taint.key && value === (taint.value ?? '');
}

function labelsOf(
  { zone, capacityType, pool: poolName }: Witness,
  pool: Manifest,
  { name, arch, vcpus, memoryMib }: Type,
  spec: Spec,
): ReadonlyMap<string, string> {
  const [family = '', size = ''] = name.split('.');
  const category = /^[a-z]+?(?=\d)/.exec(family)?.[0] ?? '';
  const own: readonly (readonly [string, string])[] = Object.entries(pool.spec.template.metadata?.labels ?? {});
  const aws = 'karpenter.k8s.aws/instance-';
  // A label that only requirements speak of, Karpenter gives the node with a value that suits them and the pod.
  const demands = (pool.spec.template.spec.requirements as readonly Expression[]).filter(({ key }) => key === 'team');
  const wanted = spec.nodeSelector?.team;
  const suits = (value: string): boolean =>
    demands.every(({ values = [] }) => values.includes(value)) && (!wanted || wanted === value);
  const suiting = demands.length > 0 ? ['a', 'b'].find(suits) : undefined;
  const demanded: readonly (readonly [string, string])[] = suiting ? [['team', suiting]] : [];
  return new Map([
    ...demanded,
    ['topology.kubernetes.io/zone', zone],
    ['karpenter.sh/capacity-type', capacityType],
    ['karpenter.sh/nodepool', poolName],
    ['node.kubernetes.io/instance-type', name],
    ['kubernetes.io/arch', arch],
    [`${aws}family`, family],
    [`${aws}size`, size],
    [`${aws}category`, category],
    [`${aws}cpu`, String(vcpus)],
    [`${aws}memory`, String(memoryMib)],
    ...own,
  ]);
}

function expressionsOf(spec: Spec): readonly Expression[] {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.flatMap(({ matchExpressions = [] }: { readonly matchExpressions?: readonly Expression[] }) => matchExpressions);
}

function meets(node: ReadonlyMap<string, string>, { key, operator, values = [] }: Expression): boolean {
  const value = node.get(key);
  if (operator === 'NotIn') return value === undefined || !values.includes(value);
  if (value === undefined) return false;
  const bound = Number(values[0]);
  if (operator === 'Lt') return Number(value) < bound;
  return operator === 'Gt' ? Number(value) > bound : values.includes(value);
}

function runsOn(spec: Spec, node: ReadonlyMap<string, string>, taints: readonly Taint[]): boolean {
  const selected = Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => node.get(key) === value);
  return selected && taints.every((taint) => spec.tolerations?.some((toleration: Toleration) => tolerates(toleration, taint)));
}
