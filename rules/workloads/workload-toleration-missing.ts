import { untolerated } from '../../src/algebra/taints.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { selects, taintsOf, toleratesPool, type Workload, workloadKinds } from '../../src/context/workloads.ts';
import type { Fix, Plain } from '../../src/diagnostic/diagnostic.ts';
import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { onceForDemand } from '../proof/once-for-demand.ts';
import { tieOf } from '../proof/tie.ts';

export const workloadTolerationMissing: Rule<'Manifest'> = {
  id: 'workload-toleration-missing',
  code: 'PP1506',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  needs: ['closedWorld', 'workloads'],
  fix: 'unsafe',
  summary: 'pods that select a pool whose taints they do not tolerate',
  why: 'A selector does not overrule a taint. Pods that the labels lead to tainted pools only, and that lack the toleration, stay pending.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#taints-and-tolerations',
  bad: `
    # closed-world
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: team }
    spec:
      template:
        metadata: { labels: { team: a } }
        spec: { taints: [{ key: team, value: a, effect: NoSchedule }] }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec: { template: { spec: { nodeSelector: { team: a }, containers: [] } } }
  `,
  good: `
    # closed-world
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: team }
    spec:
      template:
        metadata: { labels: { team: a } }
        spec: { taints: [{ key: team, value: a, effect: NoSchedule }] }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      template:
        spec:
          nodeSelector: { team: a }
          tolerations: [{ key: team, operator: Equal, value: a, effect: NoSchedule }]
          containers: []
  `,

  *check(object, world) {
    const workload = object.kind === 'DaemonSet' ? undefined : world.workloadOf(object);
    const pool = workload && taintedPool(workload, world);
    if (!workload || !pool) return;
    const missing = untolerated(taintsOf(pool), workload.spec.tolerations);
    const words = missing.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`).join(', ');
    const written = find(workload.node, ['tolerations']);
    yield {
      at: (written ?? workload.node).keyAt,
      message: `the pods select nodes of NodePool "${pool.name?.value ?? ''}" and do not tolerate ${words}: they stay pending`,
      related: [{ at: (pool.template.taints ?? pool).at, message: 'the taints' }],
      fixes: [tolerating(workload, missing)],
    };
  },
};

/** The first of the pools that a workload's own demands lead to, where it tolerates none of them. */
export const taintedPool: (workload: Workload, world: World) => NodePool | undefined = onceForDemand((workload, world) => {
  const { context, requirements, target } = world;
  const demandsNothing = workload.alternatives?.some(({ list }) => list.length === 0) ?? true;
  if (demandsNothing || tieOf(workload, world) === 'elsewhere') return undefined;
  const wellKnown = wellKnownLabels(target.karpenterMinor);
  const chosen = context.nodePools.filter((pool) => !pool.replicas && selects(workload, requirements(pool), wellKnown) !== false);
  const isShutOut = chosen.every((pool) => toleratesPool(workload, pool) === false);
  return isShutOut ? chosen[0] : undefined;
});

function tolerating({ node }: Workload, taints: ReturnType<typeof taintsOf>): Fix {
  const tolerations = taints.map(({ key, value, effect }): Plain => {
    return value ? { key, operator: 'Equal', value, effect } : { key, operator: 'Exists', effect };
  });
  const written = find(node, ['tolerations']);
  return {
    title: 'tolerate the taints',
    safety: 'unsafe',
    ops: written
      ? tolerations.map((value) => ({ op: 'insert', at: written.at, value }))
      : [{ op: 'insert', at: node.at, key: 'tolerations', value: tolerations }],
  };
}
