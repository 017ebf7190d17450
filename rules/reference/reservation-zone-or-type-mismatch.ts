import { labels } from '../../src/catalog/instance-label.ts';
import type { Reservation } from '../../src/context/aws-facts.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import { selectedReservations } from '../../src/context/selected.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const reservationZoneOrTypeMismatch: Rule<'EC2NodeClass'> = {
  id: 'reservation-zone-or-type-mismatch',
  code: 'PP1309',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  since: '1.3',
  needs: ['awsFacts', 'catalog'],
  summary: 'a reservation of a zone or type that its pools do not allow',
  why: 'A reservation is for one instance type in one zone. Where no pool of the class allows both it is never used, and is paid for all the same.',
  docs: 'https://karpenter.sh/docs/tasks/odcrs/',
  bad: `
    # aws-facts: {"CapacityReservations": [{"CapacityReservationId": "cr-1", "InstanceType": "p5.48xlarge", "AvailabilityZone": "eu-west-1a"}]}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { capacityReservationSelectorTerms: [{ id: cr-1 }] }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1b] }]
  `,
  good: `
    # aws-facts: {"CapacityReservations": [{"CapacityReservationId": "cr-1", "InstanceType": "p5.48xlarge", "AvailabilityZone": "eu-west-1a"}]}
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { capacityReservationSelectorTerms: [{ id: cr-1 }] }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: topology.kubernetes.io/zone, operator: In, values: [eu-west-1a] }]
  `,

  *check(nodeClass, world) {
    const terms = nodeClass.capacityReservationSelectorTerms;
    const pools = world.context.poolsOf(nodeClass);
    if (!terms || pools.length === 0) return;
    for (const reservation of selectedReservations(nodeClass, world.awsFacts) ?? []) {
      const obstacles = pools.map((pool) => obstacle(pool, reservation, world));
      const [first] = obstacles;
      if (first === undefined || obstacles.includes(undefined)) continue;
      const { id, instanceType, zone } = reservation;
      const term = terms.items.find((one) => one.id?.value === id);
      yield {
        at: (term ?? terms).at,
        message: `${id} is for ${instanceType} in ${zone}, which no pool of this class allows: "${pools[0]?.name?.value ?? ''}" leaves the ${first} out`,
      };
    }
  },
};

/** What of a reservation a pool does not allow; undefined where it allows it or that cannot be told. */
function obstacle(
  pool: NodePool,
  { zone, instanceType }: Reservation,
  { requirements, instances }: World,
): 'zone' | 'type' | undefined {
  if (allows(requirements(pool), labels.zone, zone) === false) return 'zone';
  const set = instances(pool);
  const row = set.index.types.rowOf.get(instanceType);
  return set.isKnown && row !== undefined && !set.possible.has(row) ? 'type' : undefined;
}
