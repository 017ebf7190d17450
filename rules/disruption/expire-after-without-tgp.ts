import { parseNillableDuration } from '../../src/algebra/duration.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Place } from '../../src/text/place.ts';
import { meantToStay } from './meant-to-stay.ts';

export const expireAfterWithoutTgp: Rule<'NodePool', { tgp: string }> = {
  id: 'expire-after-without-tgp',
  code: 'PP419',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', dev: 'off' },
  parameters: { tgp: { default: '24h', says: 'terminationGracePeriod that the fix writes.' } },
  fix: 'drifts',
  summary: 'nodes that expire and may drain for ever',
  why: 'An expired node is tainted and drained, but a PodDisruptionBudget that allows nothing or a pod with karpenter.sh/do-not-disrupt stops the drain for good. Only a terminationGracePeriod ends it: until then the old node and its replacement are both paid for.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#terminationgraceperiod',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 336h } }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { expireAfter: 336h, terminationGracePeriod: 24h } }
  `,
  cel: 'size(variables.expireAfter) == 0 || has(object.spec.template.spec.terminationGracePeriod)',

  *check(pool, world, { tgp }) {
    const { expireAfter, spec, terminationGracePeriod } = pool.template;
    // Never has no end, and what is no duration the API refuses.
    if (!spec || terminationGracePeriod || (expireAfter && typeof parseNillableDuration(expireAfter.value) !== 'bigint')) return;
    yield {
      ...(expireAfter ? { at: expireAfter.at, message: told(expireAfter.value) } : implicit(pool, spec.keyAt, world)),
      fixes: [
        {
          title: `add terminationGracePeriod: ${tgp}`,
          safety: 'drifts',
          ops: [{ op: 'insert', at: spec.at, key: 'terminationGracePeriod', value: tgp }],
        },
      ],
    };
  },
};

function told(age: string): string {
  return `nodes expire after ${age}, but without terminationGracePeriod one blocked pod keeps an expired node for ever`;
}

/** Nobody asked for the default: it is worth a warning only where a pod in view would block the drain. */
function implicit(pool: NodePool, at: Place, { workloads, context, canLand }: World): Finding {
  const blocker = meantToStay(workloads, context).find((workload) => canLand(workload, pool) === true);
  if (!blocker) return { at, message: told('720h, the default'), severity: 'info' };
  const { kind, name = '', node } = blocker.object;
  return {
    at,
    message: `nodes expire after 720h, the default, and without terminationGracePeriod ${kind} "${name}" keeps an expired node for ever`,
    related: [{ at: node.keyAt, message: 'pods that are meant to stay' }],
  };
}
