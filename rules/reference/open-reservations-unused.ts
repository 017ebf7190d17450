import { featureGate } from '../../src/context/chart-settings.ts';
import { selectedReservations } from '../../src/context/selected.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const openReservationsUnused: Rule<'Context'> = {
  id: 'open-reservations-unused',
  code: 'PP1307',
  on: 'Context',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  since: '1.6',
  needs: ['awsFacts'],
  summary: 'open reservations that no class selects',
  why: 'With ReservedCapacity, on by default since 1.6, Karpenter launches on-demand nodes so that they match no open reservation. What open matching used up to then now idles, unless a class selects it.',
  docs: 'https://karpenter.sh/docs/tasks/odcrs/',
  bad: `
    # aws-facts: {"CapacityReservations": [{"CapacityReservationId": "cr-1", "InstanceType": "m5.large", "AvailabilityZone": "eu-west-1a"}]}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { role: nodes }
  `,
  good: `
    # aws-facts: {"CapacityReservations": [{"CapacityReservationId": "cr-1", "InstanceType": "m5.large", "AvailabilityZone": "eu-west-1a"}]}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { role: nodes, capacityReservationSelectorTerms: [{ id: cr-1 }] }
  `,

  *check(context, { awsFacts }) {
    const selections = context.nodeClasses.map((nodeClass) => selectedReservations(nodeClass, awsFacts));
    const [first] = context.nodeClasses;
    if (!first || selections.includes(undefined) || featureGate(context, 'reservedCapacity', true).on === false) return;
    const selected = new Set(selections.flatMap((reservations) => reservations?.map(({ id }) => id) ?? []));
    const idle = (awsFacts?.capacityReservations ?? []).filter(
      ({ id, matches, state }) => matches === 'open' && state === 'active' && !selected.has(id),
    );
    const [example] = idle;
    if (!example) return;
    yield {
      at: first.name?.at ?? first.keyAt,
      message: `no class in view selects ${idle.length} open ${idle.length === 1 ? 'reservation' : 'reservations'} of the account, such as ${example.id} (${example.instanceType} in ${example.zone})`,
      evidence: { kind: 'sets', of: { 'not selected': idle.map(({ id }) => id) } },
    };
  },
};
