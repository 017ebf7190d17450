import { labels } from '../../src/catalog/instance-label.ts';
import { valuesWithin } from '../../src/catalog/select.ts';
import type { TypeSet } from '../../src/catalog/type-set.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import type { Finding, Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import { insertRequirement, requirementsPlace } from './pool-places.ts';
import { choosesTypes } from './type-choice.ts';

export const reqOldGenerationAllowed: Rule<'NodePool', { minGeneration: number }> = {
  id: 'req-old-generation-allowed',
  code: 'PP218',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { production: ['warning', { minGeneration: 5 }], 'spot-heavy': ['warning', { minGeneration: 4 }] },
  parameters: { minGeneration: { default: 3, says: 'Least generation of c, m, r and t that is accepted.' } },
  needs: ['catalog'],
  fix: 'unsafe',
  summary: 'instance types of old generations',
  why: 'Old types are cheap by the hour and dear by the work, and m1.small and c1.medium boot with swap, with which kubelet does not start. Types on Xen know neither IPv6 nor prefixes.',
  docs: 'https://karpenter.sh/docs/faq/#how-does-karpenter-dynamically-select-instance-types',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: karpenter.k8s.aws/instance-category, operator: In, values: [c, m, r] }
            - { key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["2"] }
  `,

  *check(pool, { instances, settings }, { minGeneration }) {
    const set = instances(pool);
    if (!set.isKnown || !choosesTypes(set.requirements)) return;
    yield* oldTypes(pool, set, minGeneration);
    const { cni, ipFamily } = settings as { readonly cni?: { readonly prefixDelegation?: boolean }; readonly ipFamily?: string };
    const because = ipFamily === 'ipv6' ? 'IPv6' : cni?.prefixDelegation ? 'prefix delegation' : undefined;
    if (because !== undefined) yield* xenTypes(pool, set, because);
  },
};

function* oldTypes(pool: NodePool, set: InstanceSet, least: number): Iterable<Finding> {
  if (!set.values(labels.generation).some((generation) => Number(generation) < least)) return;
  const general = withValues(set, labels.category, (category) => ['c', 'm', 'r', 't'].includes(category));
  const old = general.and(withValues(set, labels.generation, (generation) => Number(generation) < least));
  if (old.isEmpty) return;
  const families = valuesWithin(set.index, labels.family, old);
  yield {
    at: placeFor(pool, set),
    message: `${old.size} of ${set.matches.size} instance types are older than generation ${least} (${listed(families)})`,
    evidence: { kind: 'sets', of: { families } },
    fixes: newer(pool, set, least),
  };
}

function* xenTypes(pool: NodePool, set: InstanceSet, because: string): Iterable<Finding> {
  if (!set.values(labels.hypervisor).includes('xen')) return;
  const xen = set.matches.and(withValues(set, labels.hypervisor, (hypervisor) => hypervisor === 'xen'));
  if (xen.isEmpty) return;
  const families = valuesWithin(set.index, labels.family, xen);
  yield {
    check: 'xen',
    at: placeFor(pool, set),
    message: `${xen.size} of ${set.matches.size} instance types run on Xen (${listed(families)}), which cannot do ${because}`,
    evidence: { kind: 'sets', of: { families } },
  };
}

function withValues({ index, matches }: InstanceSet, key: string, wanted: (value: string) => boolean): TypeSet {
  return index.key(key)?.carryingWhere(wanted).and(matches) ?? matches.minus(matches);
}

function placeFor(pool: NodePool, { requirements: { of } }: InstanceSet): Finding['at'] {
  const lists = [labels.generation, labels.category, labels.family, labels.instanceType].flatMap((key) => of(key));
  return lists[0]?.at ?? requirementsPlace(pool);
}

function newer(pool: NodePool, { requirements: { of } }: InstanceSet, least: number): readonly Fix[] {
  if (of(labels.generation).length > 0) return [];
  const ops = insertRequirement(pool, labels.generation, 'Gt', [String(least - 1)]);
  return ops.length > 0 ? [{ title: `ask for generation ${least} or newer`, safety: 'unsafe', ops }] : [];
}

function listed(families: readonly string[]): string {
  return families.length > 6
    ? `${families.slice(0, 5).join(', ')} and ${families.length - 5} more families`
    : families.join(', ');
}
