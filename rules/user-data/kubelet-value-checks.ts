import { parseGoDuration } from '../../src/algebra/duration.ts';
import { isNegative } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import { MapNode, type Node, ScalarNode, SeqNode } from '../../src/document/node.ts';
import { asText, dictionary, integer, type Pair } from '../../src/model/decode.ts';
import type { Located } from '../../src/text/place.ts';
import { kubeletFields } from './kubelet-fields.gen.ts';
import { mismatches } from './kubelet-shape.ts';

interface KubeletCheck {
  /** Of the table of run-time conditions. */
  readonly id: string;
  check(kubelet: MapNode): Iterable<Finding>;
}

const signals = [
  'memory.available',
  'nodefs.available',
  'nodefs.inodesFree',
  'imagefs.available',
  'imagefs.inodesFree',
  'pid.available',
];
const reservable = ['cpu', 'memory', 'ephemeral-storage', 'pid'];
const thresholdMaps = ['evictionHard', 'evictionSoft', 'evictionMinimumReclaim'];

/** As the provider's ValidateKubeletConfig of 1.15, which reads a value of the wrong type as absent and refuses it elsewhere. */
export const kubeletValueChecks: readonly KubeletCheck[] = [
  { id: 'RT-KL-02', check: wrongTypes },
  { id: 'RT-KL-04', check: negativeCounts },
  { id: 'RT-KL-05', check: imageGarbageCollection },
  { id: 'RT-KL-06', check: evictionSignals },
  { id: 'RT-KL-07', check: evictionThresholds },
  { id: 'RT-KL-08', check: gracePeriods },
  { id: 'RT-KL-09', check: softWithGrace },
  { id: 'RT-KL-10', check: reservations },
  { id: 'RT-KL-11', check: ownedByKarpenter },
];

function* wrongTypes(kubelet: MapNode): Iterable<Finding> {
  for (const mismatch of mismatches(kubelet, kubeletFields)) {
    if (mismatch.kind === 'unknown-field' || isExpression(kubelet, mismatch.node)) continue;
    const { node, wanted } = mismatch;
    const check = mismatch.kind === 'form' ? 'RT-KL-03' : 'RT-KL-02';
    const message = `${nameOf(node)} must be ${wanted}, not ${shown(node)}`;
    const isUnquoted =
      mismatch.kind === 'type' && mismatch.shape === 'string' && node instanceof ScalarNode && node.source !== '';
    yield {
      at: node instanceof ScalarNode ? node.at : node.keyAt,
      check,
      message,
      ...(isUnquoted && { fixes: [{ title: 'put it in quotes', safety: 'drifts' as const, ops: [quotes(node)] }] }),
    };
  }
}

/** maxPods may be an expression; whether the gate for it is on is another rule's question. */
function isExpression(kubelet: MapNode, node: Node): boolean {
  return node instanceof ScalarNode && typeof node.value === 'string' && node === kubelet.get('maxPods');
}

function quotes(node: ScalarNode): { op: 'set'; at: ScalarNode['at']; value: string } {
  return { op: 'set', at: node.at, value: node.source };
}

function nameOf(node: Node): string {
  const parts = node.path.slice(2).map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`));
  return parts.join('').slice(1);
}

function shown(node: Node): string {
  if (node instanceof ScalarNode) return typeof node.value === 'string' ? JSON.stringify(node.value) : node.source;
  return node instanceof SeqNode ? 'a list' : 'a mapping';
}

function* negativeCounts(kubelet: MapNode): Iterable<Finding> {
  for (const field of ['maxPods', 'podsPerCore', 'evictionMaxPodGracePeriod']) {
    const count = integer(kubelet, field);
    if (count && count.value < 0) yield { at: count.at, message: `${field} ${count.value} is negative` };
  }
}

function* imageGarbageCollection(kubelet: MapNode): Iterable<Finding> {
  const high = integer(kubelet, 'imageGCHighThresholdPercent');
  const low = integer(kubelet, 'imageGCLowThresholdPercent');
  for (const percent of [high, low]) {
    if (percent && (percent.value < 0 || percent.value > 100))
      yield { at: percent.at, message: `${percent.value} is no percentage: it must lie between 0 and 100` };
  }
  if (high && low && high.value <= low.value) {
    const message = `imageGCHighThresholdPercent ${high.value} must be greater than imageGCLowThresholdPercent ${low.value}`;
    yield { at: high.at, message, related: [{ at: low.at, message: 'the low threshold' }] };
  }
}

function* evictionSignals(kubelet: MapNode): Iterable<Finding> {
  for (const field of [...thresholdMaps, 'evictionSoftGracePeriod']) {
    for (const { key } of texts(kubelet, field)) {
      if (signals.includes(key.value)) continue;
      yield { at: key.keyAt, message: `"${key.value}" in ${field} is no eviction signal; known are ${signals.join(', ')}` };
    }
  }
}

function* evictionThresholds(kubelet: MapNode): Iterable<Finding> {
  for (const field of thresholdMaps) {
    for (const { key, value } of texts(kubelet, field)) {
      const stalls = field === 'evictionHard' && (key.value === 'memory.available' || key.value === 'nodefs.available');
      const fault = thresholdFault(value.value, stalls);
      if (fault === undefined) continue;
      const so = stalls ? '. Listing the instance types of its pools fails too, which can stop disruption of all pools' : '';
      yield {
        at: value.at,
        message: `"${value.value}" of ${key.value} in ${field} ${fault}${so}`,
        ...(stalls && { check: 'RT-KL-15' }),
      };
    }
  }
}

/** For Go `NaN` is a number and not outside 0 and 100: it passes, and breaks only what is reckoned with. */
function thresholdFault(text: string, isReckonedWith: boolean): string | undefined {
  const number = /^(.*)%$/s.exec(text)?.[1];
  if (number !== undefined) {
    if (/^[+-]?nan$/i.test(number)) return isReckonedWith ? 'is no percentage, though the validation lets it pass' : undefined;
    const percent = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(number) ? Number(number) : Number.NaN;
    return percent >= 0 && percent <= 100 ? undefined : 'is no percentage between 0% and 100%';
  }
  const quantity = parseQuantity(text);
  if (isQuantityFault(quantity)) return 'is neither a percentage such as 5% nor a quantity such as 500Mi';
  return isNegative(quantity) ? 'is negative' : undefined;
}

function* gracePeriods(kubelet: MapNode): Iterable<Finding> {
  for (const { key, value } of texts(kubelet, 'evictionSoftGracePeriod')) {
    const duration = parseGoDuration(value.value);
    if (duration !== undefined && duration >= 0n) continue;
    const fault = duration === undefined ? 'is no duration such as 30s or 2m' : 'is negative';
    yield { at: value.at, message: `"${value.value}" of ${key.value} in evictionSoftGracePeriod ${fault}` };
  }
}

function* softWithGrace(kubelet: MapNode): Iterable<Finding> {
  const soft = keys(kubelet, 'evictionSoft');
  const grace = keys(kubelet, 'evictionSoftGracePeriod');
  for (const [signal, key] of soft) {
    if (!grace.has(signal))
      yield { at: key.keyAt, message: `the soft threshold of "${signal}" has no entry in evictionSoftGracePeriod` };
  }
  for (const [signal, key] of grace) {
    if (!soft.has(signal)) yield { at: key.keyAt, message: `the grace period of "${signal}" has no threshold in evictionSoft` };
  }
}

function* reservations(kubelet: MapNode): Iterable<Finding> {
  for (const field of ['kubeReserved', 'systemReserved']) {
    for (const { key, value } of texts(kubelet, field)) {
      if (!reservable.includes(key.value))
        yield { at: key.keyAt, message: `"${key.value}" in ${field} cannot be reserved; only ${reservable.join(', ')} can` };
      if (value.value.startsWith('-'))
        yield { at: value.at, message: `"${value.value}" of ${key.value} in ${field} is negative` };
    }
  }
}

function* ownedByKarpenter(kubelet: MapNode): Iterable<Finding> {
  const taints = kubelet.get('registerWithTaints');
  if (!taints) return;
  const message = 'registerWithTaints is set by Karpenter itself and refused here: put taints into the NodePool';
  yield { at: taints.keyAt, message, fixes: [{ title: 'remove it', safety: 'drifts', ops: [{ op: 'remove', at: taints.at }] }] };
}

/** The entries of a map of texts whose values are known. */
function texts(kubelet: MapNode, field: string): readonly Pair<Located<string>>[] {
  return textMap(kubelet, field) ? (dictionary(kubelet, field, asText)?.items ?? []) : [];
}

function keys(kubelet: MapNode, field: string): ReadonlyMap<string, ScalarNode> {
  return new Map(textMap(kubelet, field)?.entries.map(({ key }) => [String(key.value), key]));
}

/** One value of another type, and Karpenter reads none of the map. */
function textMap(kubelet: MapNode, field: string): MapNode | undefined {
  const map = kubelet.get(field);
  return map instanceof MapNode && map.entries.every(({ value }) => isTextOrNull(value)) ? map : undefined;
}

function isTextOrNull(node: Node): boolean {
  return node instanceof ScalarNode && (typeof node.value === 'string' || node.value === null);
}
