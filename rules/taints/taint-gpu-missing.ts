import { acceleratorsOf } from '../../src/catalog/accelerators.ts';
import { cheapest } from '../../src/context/cheapest.ts';
import { allTypes, isAccelerated, someTypes } from '../../src/context/pool-types.ts';
import type { Finding, Op } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Place } from '../../src/text/place.ts';
import { repels } from './repels.ts';

export const taintGpuMissing: Rule<'NodePool', { priceThreshold: number }> = {
  id: 'taint-gpu-missing',
  code: 'PP606',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  parameters: {
    priceThreshold: { default: 10, says: 'Dollars per hour above which even nodes without accelerators want a taint.' },
  },
  fix: 'drifts',
  summary: 'a pool of accelerators that any pod may start',
  why: 'Without a taint a pod that asks for no accelerator may land there, or have such a node launched: the dearest nodes of the cluster then run what a small one could.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespectaints',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [p5] }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [p5] }]
  `,

  *check(pool, { instances, catalog, target }, { priceThreshold }) {
    if (repels(pool)) return;
    const set = instances(pool);
    if (isAccelerated(set)) yield { at: taintsPlace(pool), ...untainted(pool, someTypes(set).map(acceleratorsOf)) };
    else {
      const types = allTypes(set);
      if (!types) return;
      const least = cheapest(catalog, target.region, types);
      if (least && least.perHour > priceThreshold)
        yield {
          at: taintsPlace(pool),
          message: `the cheapest of the pool's ${types.length} instance types, ${least.name}, costs ${least.perHour} ${least.currency} an hour on demand, and no taint keeps other pods away`,
        };
    }
  },
};

function taintsPlace({ template, keyAt }: NodePool): Place {
  return (template.taints ?? template.spec)?.keyAt ?? keyAt;
}

function untainted(pool: NodePool, resources: readonly (readonly string[])[]): Pick<Finding, 'message' | 'fixes'> {
  const names = [...new Set(resources.flatMap(([name]) => name ?? []))].sort();
  const usual = mostOf(resources.flatMap(([name]) => name ?? []));
  const ops = usual === undefined ? [] : addTaint(pool, usual);
  return {
    // Of a fraction of a GPU Karpenter counts none.
    message: `all ${resources.length} instance types of the pool carry ${names.join(' or ') || 'a part of a GPU'}, and no taint keeps other pods away`,
    ...(ops.length > 0 && { fixes: [{ title: `add the taint ${usual}:NoSchedule`, safety: 'drifts', ops }] }),
  };
}

function addTaint({ template: { taints, spec } }: NodePool, key: string): readonly Op[] {
  const value = { key, effect: 'NoSchedule' };
  if (taints) return [{ op: 'insert', at: taints.at, value }];
  return spec ? [{ op: 'insert', at: spec.at, key: 'taints', value: [value] }] : [];
}

function mostOf(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
