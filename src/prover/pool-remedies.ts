import { parseInt64 } from '../algebra/int64.ts';
import { compareQuantities, type Quantity } from '../algebra/quantity.ts';
import { formatQuantity } from '../algebra/quantity-text.ts';
import type { NodeSelectorRequirement } from '../algebra/requirements.ts';
import type { Op } from '../diagnostic/diagnostic.ts';
import { find, type Node, ScalarNode, SeqNode } from '../document/node.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import { tolerating } from './pod-remedies.ts';
import type { AskedPool } from './question.ts';
import type { Remedy, Workbench } from './remedy.ts';
import type { Restriction } from './restriction.ts';
import { taintText } from './words.ts';

/** Values of a label that are tried one after the other. */
const mostTried = 12;

/** What could be changed about a pool or its class so that a restriction of theirs no longer stands in the way. */
export function poolRemedies(bench: Workbench, blamed: Restriction, conflict: readonly Restriction[]): readonly Remedy[] {
  const { asked, pod } = bench.reduction;
  const index = Number(blamed.id);
  switch (blamed.kind) {
    case 'taint': {
      const taint = asked.pool.spec.template.taints[index];
      const at = nodeAt(asked, asked.taintPaths[index])?.at;
      if (!taint) return [];
      const title = `do not taint nodes of ${asked.name} ${taintText(taint)}`;
      const removed: readonly Remedy[] = at
        ? [{ title, safety: 'unsafe', ops: [{ op: 'remove', at }], cost: 6, effect: { drops: [blamed] } }]
        : [];
      return [...tolerating(pod, taint), ...removed];
    }
    case 'requirement':
      return requirementRemedies(bench, blamed, index, conflict);
    case 'min-values':
      return lowerMinValues(bench, blamed, index);
    case 'limit':
      return raisedLimit(bench, blamed);
    case 'label': {
      const at = find(asked.object.node, ['spec', 'template', 'metadata', 'labels', blamed.id])?.at;
      const title = `do not label nodes of ${asked.name} ${blamed.id}`;
      return at ? [{ title, safety: 'unsafe', ops: [{ op: 'remove', at }], cost: 6, effect: { drops: [blamed] } }] : [];
    }
    case 'class': {
      const at = blamed.at();
      const node = asked.nodeClass && at.path[0] === 'spec' ? find(asked.nodeClass.object.node, at.path) : undefined;
      if (!node || blamed.id === 'zones' || blamed.id === 'amiFamily') return [];
      const title = `leave ${at.path.slice(1).join('.')} of EC2NodeClass ${asked.nodeClass?.object.name} to its default`;
      return [{ title, safety: 'unsafe', ops: [{ op: 'remove', at: node.at }], cost: 5, effect: { drops: [blamed] } }];
    }
    default:
      return [];
  }
}

function requirementRemedies(
  bench: Workbench,
  blamed: Restriction,
  index: number,
  conflict: readonly Restriction[],
): readonly Remedy[] {
  const { asked } = bench.reduction;
  const written = asked.pool.spec.template.requirements[index];
  const item = nodeAt(asked, asked.requirementPaths[index]);
  if (!written || !item) return [];
  const title = `drop the requirement on ${written.key} from ${asked.name}`;
  const removed: Remedy = { title, safety: 'unsafe', ops: [{ op: 'remove', at: item.at }], cost: 8, effect: { drops: [blamed] } };
  return [...widened(bench, written, index, item, conflict), removed];
}

/** Another value in the list, or a bound that lets the next value in. */
function widened(
  bench: Workbench,
  written: NodeSelectorRequirement,
  index: number,
  item: Node,
  conflict: readonly Restriction[],
): readonly Remedy[] {
  const { key, operator, values = [] } = written;
  const list = find(item, ['values']);
  if (!(list instanceof SeqNode)) return [];
  const change = (next: readonly string[]): Remedy['effect'] => ({ pool: (pool) => withValues(pool, index, next) });
  if (operator === 'In') {
    const next = candidates(bench, key, values, conflict).find((value) => bench.fits(change([...values, value])));
    if (next === undefined) return [];
    const ops: readonly Op[] = [{ op: 'insert', at: list.at, value: next }];
    const title = `let ${bench.reduction.asked.name} have ${key} ${next} too`;
    return [{ title, safety: 'unsafe', ops, cost: 3, effect: change([...values, next]) }];
  }
  const [bound] = list.items;
  if (!(bound instanceof ScalarNode) || !['Lt', 'Lte', 'Gt', 'Gte'].includes(operator)) return [];
  const next = bounds(bench, key, operator, values[0] ?? '').find((value) => bench.fits(change([value])));
  if (next === undefined) return [];
  const ops: readonly Op[] = [{ op: 'set', at: bound.at, value: next }];
  return [
    {
      title: `let ${bench.reduction.asked.name} have ${key} ${operator} ${next}`,
      safety: 'unsafe',
      ops,
      cost: 3,
      effect: change([next]),
    },
  ];
}

/** What the pod asks for, then what instance types have. */
function candidates(
  { types, reduction }: Workbench,
  key: string,
  values: readonly string[],
  conflict: readonly Restriction[],
): readonly string[] {
  const { nodeSelector = {}, affinity } = reduction.pod.pod.spec;
  const [term] = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const asked = (term?.matchExpressions ?? [])
    .filter((one) => one.key === key && one.operator === 'In')
    .flatMap((one) => one.values ?? []);
  const isAsked = conflict.some(({ kind, about }) => about === key && (kind === 'selector' || kind === 'expression'));
  const wanted = [...(nodeSelector[key] === undefined ? [] : [nodeSelector[key]]), ...asked];
  const had = isAsked ? [] : [...new Set(types.flatMap(({ requirements }) => [...(requirements.byKey.get(key)?.values ?? [])]))];
  return [...new Set([...wanted, ...had])].filter((value) => !values.includes(value)).slice(0, mostTried);
}

/** Bounds that let in one more value of the instance types each, the nearest first. */
function bounds({ types }: Workbench, key: string, operator: string, bound: string): readonly string[] {
  const isUpper = operator.startsWith('L');
  const now = BigInt(parseInt64(bound) ?? 0);
  const had = new Set(types.flatMap(({ requirements }) => [...(requirements.byKey.get(key)?.values ?? [])]));
  const numbers = [...had]
    .map((value) => parseInt64(value))
    .flatMap((value) => (value === undefined ? [] : BigInt(value)))
    .filter((value) => (isUpper ? value >= now : value <= now));
  const inOrder = numbers.sort((a, b) => (a === b ? 0 : a < b === isUpper ? -1 : 1));
  const shift = operator === 'Lt' ? 1n : operator === 'Gt' ? -1n : 0n;
  return inOrder
    .map((value) => value + shift)
    .filter((value) => value >= 0n && value !== now)
    .slice(0, mostTried)
    .map(String);
}

function withValues(pool: NodePool, index: number, values: readonly string[]): NodePool {
  return withRequirement(pool, index, (one) => ({ ...one, values }));
}

function withRequirement(
  pool: NodePool,
  index: number,
  change: (one: NodeSelectorRequirement) => NodeSelectorRequirement,
): NodePool {
  const { template } = pool.spec;
  const requirements = template.requirements.map((one, place) => (place === index ? change(one) : one));
  return { ...pool, spec: { ...pool.spec, template: { ...template, requirements } } };
}

function lowerMinValues(bench: Workbench, blamed: Restriction, index: number): readonly Remedy[] {
  const { asked } = bench.reduction;
  const written = asked.pool.spec.template.requirements[index]?.minValues ?? 1;
  const effect = (minValues: number): Remedy['effect'] => ({
    pool: (pool) => withRequirement(pool, index, (one) => ({ ...one, minValues })),
  });
  let [low, high] = [0, written];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (bench.fits(effect(middle))) low = middle;
    else high = middle;
  }
  if (low === 0) return [];
  const ops: readonly Op[] = [{ op: 'set', at: blamed.at(), value: low }];
  return [
    {
      title: `ask for ${low} values of ${blamed.about} instead of ${written}`,
      safety: 'unsafe',
      ops,
      cost: 2,
      effect: effect(low),
    },
  ];
}

/** As much as the smallest node that takes the pod has. */
function raisedLimit(bench: Workbench, blamed: Restriction): readonly Remedy[] {
  const { asked } = bench.reduction;
  const without = bench.with([{ drops: [blamed] }]);
  const at = find(asked.object.node, ['spec', 'limits', blamed.id])?.at;
  if (!without.fits || !at) return [];
  const sizes = without.launch().claim.instanceTypes.list.flatMap(({ capacity }) => capacity.get(blamed.id) ?? []);
  const least = sizes.reduce<Quantity | undefined>((a, b) => (a && compareQuantities(a, b) <= 0 ? a : b), undefined);
  if (!least) return [];
  const value = formatQuantity(least);
  const effect: Remedy['effect'] = {
    pool: (pool) => ({ ...pool, spec: { ...pool.spec, limits: { ...pool.spec.limits, [blamed.id]: value } } }),
  };
  return [
    {
      title: `raise the limit of ${asked.name} to ${value} of ${blamed.id}`,
      safety: 'unsafe',
      ops: [{ op: 'set', at, value }],
      cost: 3,
      effect,
    },
  ];
}

function nodeAt({ object }: AskedPool, path: readonly (string | number)[] | undefined): Node | undefined {
  return path && find(object.node, path);
}
