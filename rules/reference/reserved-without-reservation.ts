import { allows } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reservedWithoutReservation: Rule<'NodePool'> = {
  id: 'reserved-without-reservation',
  code: 'PP1305',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  since: '1.3',
  summary: 'reserved capacity without a reservation',
  why: 'The class selects no reservation, so nothing is offered under the capacity type "reserved": a pool that allows nothing else launches nothing.',
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
            - { key: karpenter.sh/capacity-type, operator: In, values: [reserved] }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      role: a
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
            - { key: karpenter.sh/capacity-type, operator: In, values: [reserved] }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      capacityReservationSelectorTerms: [{ id: cr-0123456789abcdef0 }]
  `,

  *check(pool, { context, requirements }) {
    const nodeClass = context.classOf(pool);
    const demands = requirements(pool);
    const asked = pool.template.requirements?.items.find(
      ({ key, values }) => key?.value === CAPACITY_TYPE && values?.items.some(({ value }) => value === 'reserved'),
    );
    const word = asked?.values?.items.find(({ value }) => value === 'reserved');
    if (!nodeClass || nodeClass.capacityReservationSelectorTerms || !word || allows(demands, CAPACITY_TYPE, 'reserved') !== true)
      return;
    const isOnly = allows(demands, CAPACITY_TYPE, 'spot') === false && allows(demands, CAPACITY_TYPE, 'on-demand') === false;
    yield {
      at: word.at,
      message: `class "${nodeClass.name?.value ?? ''}" selects no reservation: ${isOnly ? 'this pool can launch nothing' : '"reserved" never applies'}`,
      ...(!isOnly && { severity: 'warning' as const }),
    };
  },
};

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';
