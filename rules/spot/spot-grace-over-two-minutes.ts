import { workloadKinds } from '../../src/context/workloads.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { integer } from '../../src/model/decode.ts';
import { spotPoolFor } from './spot-pool-for.ts';

export const spotGraceOverTwoMinutes: Rule<'Manifest', { limit: number }> = {
  id: 'spot-grace-over-two-minutes',
  code: 'PP308',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'risk',
  severity: 'info',
  profiles: { 'spot-heavy': 'warning' },
  parameters: { limit: { default: 120, says: 'Longest termination grace period, in seconds, of pods that may run on spot.' } },
  needs: ['workloads'],
  summary: 'a grace period that spot does not grant',
  why: 'EC2 takes a spot instance back two minutes after it says so. Pods that need longer to end are cut off with the instance.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#interruption',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }] } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    spec: { template: { spec: { terminationGracePeriodSeconds: 600 } } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [spot] }] } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    spec: { template: { spec: { terminationGracePeriodSeconds: 90 } } }
  `,

  *check(object, world, { limit }) {
    const workload = world.workloadOf(object);
    const grace = workload && integer(workload.node, 'terminationGracePeriodSeconds');
    const pool = grace && grace.value > limit ? spotPoolFor(workload, world) : undefined;
    if (!grace || !pool) return;
    yield {
      at: grace.at,
      message: `pods have ${grace.value} s to end and can land on spot (NodePool "${pool.name?.value ?? ''}"), which goes ${limit} s after its notice`,
      related: [{ at: (pool.name ?? pool).at, message: 'the pool that may launch spot' }],
      evidence: { kind: 'figures', of: { grace: grace.value, limit } },
    };
  },
};
