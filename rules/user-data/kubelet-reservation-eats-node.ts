import { compareQuantities, isNegative, type Quantity, toNano, zero } from '../../src/algebra/quantity.ts';
import { formatQuantity } from '../../src/algebra/quantity-text.ts';
import type { InstanceTypeInfo } from '../../src/catalog/instance-type-info.ts';
import type { NodeClassFacts } from '../../src/catalog/node-class-facts.ts';
import { overhead } from '../../src/catalog/overhead.ts';
import { type ResourceList, readQuantities, subtract, total } from '../../src/catalog/resource-list.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import { capacityIn, holdsOfAll, someTypes } from '../../src/context/pool-types.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { Placed } from '../../src/model/decode.ts';

export const kubeletReservationEatsNode: Rule<'EC2NodeClass', { share: number }> = {
  id: 'kubelet-reservation-eats-node',
  code: 'PP818',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  parameters: { share: { default: 0.5, says: 'Share of a node from which on what is kept from pods is too much.' } },
  summary: 'reservations that leave small nodes little or nothing',
  why: 'kubeReserved, systemReserved and evictionHard are fixed amounts whatever the size of the node. Small types are then paid for and nearly empty; where nothing is left Karpenter never picks them.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#speckubelet',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
      kubelet: { systemReserved: { memory: 5Gi } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
      kubelet: { systemReserved: { memory: 500Mi } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }]
  `,

  *check(nodeClass, world, { share }) {
    const { kubelet } = nodeClass;
    if (!kubelet) return;
    for (const pool of world.context.poolsOf(nodeClass)) {
      const set = world.instances(pool);
      if (!set.nodeClass || set.nodeClass.unknown.has('kubelet')) continue;
      const named = pool.name ? ` of pool "${pool.name.value}"` : '';
      const found = emptied(set, world, kubelet, named) ?? mostlyKept(set, world, { kubelet, share, named });
      if (found) yield found;
    }
  },
};

/** No type of the pool has anything left for pods. */
function emptied(set: InstanceSet, { target }: World, { keyAt }: Placed, named: string): Finding | undefined {
  const facts = set.nodeClass?.facts;
  if (!facts) return undefined;
  const settings = { karpenter: target.karpenterMinor, region: '', zones: [] };
  const capacityOf = capacityIn(set, target.karpenterMinor);
  const isEmpty = (info: InstanceTypeInfo): boolean => {
    const { kubeReserved, systemReserved, evictionThreshold } = overhead(info, facts, settings);
    const left = subtract(capacityOf(info), total(kubeReserved, systemReserved, evictionThreshold));
    return ['cpu', 'memory'].some((name) => isNegative(left.get(name) ?? zero) || left.get(name)?.amount === 0);
  };
  if (!holdsOfAll(set, isEmpty)) return undefined;
  return {
    at: keyAt,
    severity: 'error',
    effect: 'inert',
    message: `what is kept from pods is more than any of the ${someTypes(set).length} instance types${named} has: nothing can be scheduled there`,
  };
}

interface Question {
  readonly kubelet: Placed;
  readonly share: number;
  readonly named: string;
}

function mostlyKept(set: InstanceSet, { target }: World, { kubelet, share, named }: Question): Finding | undefined {
  const facts = set.nodeClass?.facts;
  if (!facts) return undefined;
  const types = someTypes(set);
  const suspects = types.filter(couldKeep(facts, share));
  const settings = { karpenter: target.karpenterMinor, region: '', zones: [] };
  const capacityOf = capacityIn(set, target.karpenterMinor);
  for (const resource of ['memory', 'cpu']) {
    const sized = suspects.map((info) => {
      const { evictionThreshold } = overhead(info, facts, settings);
      const kept = written(facts, evictionThreshold).get(resource) ?? zero;
      return { name: info.name, kept, has: capacityOf(info).get(resource) ?? zero };
    });
    const hit = sized.filter(({ kept, has }) => part(kept, has) >= share);
    if (hit.length === 0) continue;
    const { name, kept, has } = hit.reduce((least, one) => (compareQuantities(one.has, least.has) < 0 ? one : least));
    const format = resource === 'memory' ? 'BinarySI' : 'DecimalSI';
    const says = ({ amount }: Quantity): string => formatQuantity({ amount, format });
    return {
      at: kubelet.keyAt,
      message: `${says(kept)} ${resource} is kept from pods: ${Math.round(part(kept, has) * 100)}% of ${name} (${says(has)}), and ${share * 100}% or more of ${hit.length} of the ${types.length} instance types${named}`,
      evidence: { kind: 'figures', of: { kept: says(kept), [name]: says(has) } },
    };
  }
  return undefined;
}

/** A quick bound from above, so that the exact figures are worked out for few types: a node has three quarters of its memory at least. */
function couldKeep({ kubelet }: NodeClassFacts, share: number): (info: InstanceTypeInfo) => boolean {
  const evicted = kubelet?.evictionHard?.['memory.available'];
  const percent = evicted?.endsWith('%') ? Number.parseFloat(evicted) / 100 : 0;
  const amounts = [kubelet?.kubeReserved, kubelet?.systemReserved, evicted === undefined ? {} : { memory: evicted }];
  const kept = total(...amounts.map((written) => readQuantities(written)));
  const [memory, cpu] = ['memory', 'cpu'].map((name) => Number(toNano((kept.get(name) ?? zero).amount)) / 1e9);
  return ({ memoryMib, vcpus }) =>
    (memory ?? 0) / (0.75 * memoryMib * 1024 * 1024) + percent >= share || (cpu ?? 0) / vcpus >= share;
}

/** What the class itself keeps; the kubelet's own reservation, which follows the size of the node, is not its doing. */
function written({ kubelet }: NodeClassFacts, evictionThreshold: ResourceList): ResourceList {
  const evicts = kubelet?.evictionHard?.['memory.available'] !== undefined;
  const threshold = new Map([...evictionThreshold].filter(([name]) => name === 'memory' && evicts));
  return total(readQuantities(kubelet?.kubeReserved), readQuantities(kubelet?.systemReserved), threshold);
}

function part(kept: Quantity, has: Quantity): number {
  const whole = Number(toNano(has.amount));
  return whole === 0 ? 0 : Number(toNano(kept.amount)) / whole;
}
