import type { Random } from '../algebra/random.ts';
import { keys, ownLabels, type Requirement, subset, zones } from './vocabulary.ts';

const families = 'karpenter.k8s.aws/instance-family';

/** Instance types that no cloud has: labels missing, excluded or many-valued, memory in huge pages, nothing left after overhead. */
export function inlineTypes(r: Random): readonly object[] {
  return Array.from({ length: 2 + r.integer(r.percent(30) ? 40 : 8) }, (_, index) => inlineType(r, index));
}

function inlineType(r: Random, index: number): object {
  const cpu = 1 + r.integer(16);
  const name = `fake-${index}`;
  const where = subset(r, zones, 1);
  const family: Requirement = { key: families, operator: r.percent(90) ? 'In' : 'NotIn', values: [`f${r.integer(3)}`] };
  const [key, values] = r.pick(ownLabels);
  const odd: readonly Requirement[] = [
    { key, operator: r.pick(['In', 'NotIn', 'Exists', 'DoesNotExist']), values: subset(r, values, 1) },
    { key: 'karpenter.k8s.aws/instance-gpu-name', operator: 'DoesNotExist' },
  ];
  return {
    name,
    requirements: [
      { key: keys.type, operator: 'In', values: [name] },
      { key: keys.arch, operator: 'In', values: subset(r, ['amd64', 'arm64'], 1) },
      { key: keys.zone, operator: 'In', values: where },
      { key: keys.capacity, operator: 'In', values: ['on-demand', 'spot', 'reserved'] },
      ...(r.percent(80) ? [family] : []),
      ...(r.percent(35) ? odd.slice(r.integer(2)).map(withoutValues) : []),
    ],
    capacity: {
      cpu: String(cpu),
      memory: `${cpu * (1 + r.integer(4))}Gi`,
      pods: String(r.pick([5, 20, 110])),
      ...(r.percent(15) && { 'hugepages-2Mi': r.pick(['512Mi', '64Gi']) }),
      ...(r.percent(20) && { 'nvidia.com/gpu': '1' }),
    },
    overhead: r.percent(60) ? { cpu: r.pick(['100m', '33m']), memory: r.pick(['10Mi', '1Gi', '40Gi']) } : undefined,
    offerings: where.flatMap((zone) => offerings(r, zone)),
    pools: r.percent(15) ? [r.pick(['alpha', 'beta'])] : undefined,
  };
}

function offerings(r: Random, zone: string): readonly object[] {
  const none = { key: keys.reservation, operator: 'DoesNotExist' };
  return subset(r, ['on-demand', 'spot', 'reserved'], 1).map((capacityType) => {
    const reservation =
      capacityType === 'reserved' ? { key: keys.reservation, operator: 'In', values: [`cr-${r.integer(3)}`] } : none;
    return {
      requirements: [
        { key: keys.capacity, operator: 'In', values: [capacityType] },
        { key: keys.zone, operator: 'In', values: [zone] },
        reservation,
        ...(r.percent(5) ? [{ key: 'rack', operator: 'In', values: ['r1'] }] : []),
      ],
      price: r.pick([0, 0.1, 0.1, 0.2, 0.35]),
      unavailable: r.percent(12) ? true : undefined,
      reservationCapacity: capacityType === 'reserved' ? r.integer(4) : undefined,
    };
  });
}

function withoutValues(one: Requirement): Requirement {
  return one.operator === 'In' || one.operator === 'NotIn' ? one : { key: one.key, operator: one.operator };
}
