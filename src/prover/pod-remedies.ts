import { toNano } from '../algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../algebra/quantity-text.ts';
import type { Taint } from '../algebra/taints.ts';
import type { Op, Plain } from '../diagnostic/diagnostic.ts';
import { find, MapNode, type Node, SeqNode } from '../document/node.ts';
import type { Container } from '../model/cluster/container.ts';
import type { Pod } from '../model/cluster/pod.ts';
import { largestRequest } from './largest-request.ts';
import { containerId } from './pod-restrictions.ts';
import type { AskedPod } from './question.ts';
import type { Remedy, Workbench } from './remedy.ts';
import type { Restriction } from './restriction.ts';
import { taintText } from './words.ts';

/** What could be changed about a pod so that a restriction of its own no longer stands in the way. */
export function podRemedies(bench: Workbench, blamed: Restriction): readonly Remedy[] {
  const { pod } = bench.reduction;
  switch (blamed.kind) {
    case 'request':
      return lowered(bench, blamed, pod);
    case 'selector':
      return removal(pod, blamed, `do not select ${blamed.id}`, ['spec', 'nodeSelector', blamed.id], 5);
    case 'spread':
      return [...softened(pod, blamed), ...removal(pod, blamed, `do not spread over ${blamed.about}`, undefined, 7)];
    case 'expression':
      return removal(pod, blamed, `do not require anything of ${blamed.about}`, undefined, 5);
    case 'affinity':
    case 'anti-affinity':
      return removal(pod, blamed, `drop the ${blamed.kind} by ${blamed.about}`, undefined, 7);
    case 'port':
      return removal(pod, blamed, 'do not take a port of the node', undefined, 6);
    default:
      return [];
  }
}

/** A toleration of a pool's taint. */
export function tolerating({ pod: { spec }, written }: AskedPod, taint: Taint): readonly Remedy[] {
  const { key, value, effect } = taint;
  const toleration = value ? { key, operator: 'Equal', value, effect } : { key, operator: 'Exists', effect };
  const op = insertion(written, 'tolerations', toleration);
  if (!op) return [];
  const add = (pod: Pod): Pod => ({ ...pod, spec: { ...pod.spec, tolerations: [...(spec.tolerations ?? []), toleration] } });
  return [{ title: `tolerate ${taintText(taint)}`, safety: 'unsafe', ops: [op], cost: 1, effect: { pod: add } }];
}

/** Adds an item to a list of the pod's spec, or the list. */
function insertion(written: MapNode | undefined, key: string, value: Plain): Op | undefined {
  const spec = written && find(written, ['spec']);
  if (!(spec instanceof MapNode)) return undefined;
  const list = spec.get(key);
  if (list instanceof SeqNode && list.items.length > 0) return { op: 'insert', at: list.at, value };
  return list ? { op: 'set', at: list.at, value: [value] } : { op: 'insert', at: spec.at, key, value: [value] };
}

function removal(
  { written }: AskedPod,
  blamed: Restriction,
  title: string,
  path: readonly string[] | undefined,
  cost: number,
): readonly Remedy[] {
  if (!written) return [];
  const node = path && find(written, path);
  if (path && !node) return [];
  const at = node?.at ?? itemAround(written, blamed);
  return at ? [{ title, safety: 'unsafe', ops: [{ op: 'remove', at }], cost, effect: { drops: [blamed] } }] : [];
}

/** The place of a whole list item: a restriction points at the part of it that says most. */
function itemAround(written: MapNode, blamed: Restriction): Node['at'] | undefined {
  const { path, span } = blamed.at();
  const own = written.path;
  const isWithin = span !== undefined && own.every((part, index) => path[index] === part);
  if (!isWithin) return undefined;
  const below = path.slice(own.length);
  const last = below.findLastIndex((part) => typeof part === 'number');
  const node = last < 0 ? undefined : find(written, below.slice(0, last + 1));
  return blamed.kind === 'port' ? find(written, below)?.at : node?.at;
}

function softened({ written }: AskedPod, blamed: Restriction): readonly Remedy[] {
  const item = written && itemAround(written, blamed);
  const node = item && written && find(written, item.path.slice(written.path.length));
  const value = node && find(node, ['whenUnsatisfiable']);
  if (!value) return [];
  const ops: readonly Op[] = [{ op: 'set', at: value.at, value: 'ScheduleAnyway' }];
  return [
    {
      title: `spread over ${blamed.about} only where it can be done`,
      safety: 'unsafe',
      ops,
      cost: 4,
      effect: { drops: [blamed] },
    },
  ];
}

/** The request made as large as still fits. */
function lowered(bench: Workbench, blamed: Restriction, { written }: AskedPod): readonly Remedy[] {
  const resource = blamed.about ?? '';
  const at = blamed.at();
  if (!written || at.path.at(-2) !== 'requests' || at.path.at(-1) !== resource) return [];
  const most = largestRequest(bench, blamed);
  const before = amountIn(bench.reduction.pod.pod, blamed);
  if (most === undefined || before === undefined) return [];
  const [now, then] = [amountOf(before), amountOf(most)];
  if (then >= now) return [];
  const cost = 2 + Number(((now - then) * 1000n) / now) / 250;
  const pod = (pod: Pod): Pod => withRequest(pod, blamed, most);
  const ops: readonly Op[] = [{ op: 'set', at, value: most }];
  return [{ title: `ask for ${most} of ${resource} instead of ${before}`, safety: 'unsafe', ops, cost, effect: { pod } }];
}

function amountOf(written: string | number): bigint {
  const quantity = parseQuantity(String(written).trim());
  return isQuantityFault(quantity) ? 0n : toNano(quantity.amount);
}

function amountIn({ spec }: Pod, blamed: Restriction): string | number | undefined {
  const lists = [
    ...(spec.containers ?? []).map((one, index) => [containerId('containers', index), one] as const),
    ...(spec.initContainers ?? []).map((one, index) => [containerId('initContainers', index), one] as const),
  ];
  const own = lists.find(([id]) => blamed.id === `${id} ${blamed.about}`)?.[1];
  return own?.resources?.requests?.[blamed.about ?? ''];
}

function withRequest(pod: Pod, { id, about = '' }: Restriction, amount: string): Pod {
  const change =
    (list: 'containers' | 'initContainers') =>
    (one: Container, index: number): Container => {
      if (id !== `${containerId(list, index)} ${about}`) return one;
      return { ...one, resources: { ...one.resources, requests: { ...one.resources?.requests, [about]: amount } } };
    };
  const { containers = [], initContainers = [] } = pod.spec;
  return {
    ...pod,
    spec: {
      ...pod.spec,
      containers: containers.map(change('containers')),
      initContainers: initContainers.map(change('initContainers')),
    },
  };
}
