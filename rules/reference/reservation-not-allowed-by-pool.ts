import { allows } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reservationNotAllowedByPool: Rule<'EC2NodeClass'> = {
  id: 'reservation-not-allowed-by-pool',
  code: 'PP1304',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  since: '1.3',
  summary: 'a paid reservation that no pool may use',
  why: 'Reservations are a capacity type of their own. A pool that allows only on-demand launches ordinary instances beside the reservation, which idles and is paid for; with the gate on Karpenter also keeps out of open matching.',
  docs: 'https://karpenter.sh/docs/tasks/odcrs/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      capacityReservationSelectorTerms: [{ id: cr-0123456789abcdef0 }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: a }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements:
            - { key: karpenter.sh/capacity-type, operator: In, values: [reserved, on-demand] }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      capacityReservationSelectorTerms: [{ id: cr-0123456789abcdef0 }]
  `,

  *check(nodeClass, { context, requirements }) {
    const terms = nodeClass.capacityReservationSelectorTerms;
    const pools = context.poolsOf(nodeClass);
    if (!terms || terms.items.length === 0 || pools.length === 0) return;
    const answers = pools.map((pool) => ({ pool, allowed: allows(requirements(pool), CAPACITY_TYPE, 'reserved') }));
    if (answers.some(({ allowed }) => allowed !== false)) return;
    yield {
      at: terms.keyAt,
      message: `the class selects reservations, but ${pools.map(({ name }) => `"${name?.value ?? ''}"`).join(', ')} ${pools.length === 1 ? 'does' : 'do'} not allow capacity type "reserved": they idle`,
      related: answers.flatMap(({ pool }) =>
        requirements(pool)
          .of(CAPACITY_TYPE)
          .map(({ at, says }) => ({ at, message: says })),
      ),
    };
  },
};

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';
