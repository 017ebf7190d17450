import { instanceLabel, labels } from '../../src/catalog/instance-label.ts';
import type { InstanceSet } from '../../src/context/instance-set.ts';
import type { Statement } from '../../src/context/pool-requirements.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Place } from '../../src/text/place.ts';
import { withoutImage } from '../ami/without-image.ts';
import { requirementsPlace } from './pool-places.ts';

export const reqEmptyInstanceSet: Rule<'NodePool'> = {
  id: 'req-empty-instance-set',
  code: 'PP211',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  needs: ['catalog'],
  summary: 'requirements that together leave no instance type',
  why: 'Each requirement has types of its own, and no type has them all. The pool is passed over for every pod; the log says only that no instance type is left, not why.',
  docs: 'https://karpenter.sh/docs/reference/instance-types/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [arm64] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i, r7i] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [arm64] }
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7g, r7g] }
  `,

  *check(pool, { instances, catalog, context }) {
    const set = instances(pool);
    // A value that no table has, or a type of which they know too little, may be what the pool is for.
    if (!set.isKnown || set.unlisted.size > 0 || !set.possible.isEmpty) return;
    const keys = set.conflict();
    const alias = set.nodeClass && context.classOf(pool)?.amiSelectorTerms?.items.find((term) => term.alias)?.alias;
    // That the class has no image for them is another rule's.
    if (alias && withoutImage(alias.value, set.requirements)) return;
    if (keys.length === 0) yield* unusable(set, requirementsPlace(pool));
    else if (isOwnBusiness(keys)) yield conflict(set, keys, requirementsPlace(pool), catalog.asOf);
  },
};

/** What one key rules out alone, and the operating system, have rules of their own. */
function isOwnBusiness(keys: readonly string[]): boolean {
  const [first = '', ...others] = keys;
  if (keys.includes(labels.os) || keys.includes(labels.windowsBuild)) return false;
  const label = instanceLabel.get(first);
  return others.length > 0 || (label?.form === 'integer' && !label.optional);
}

function conflict(set: InstanceSet, keys: readonly string[], fallback: Place, asOf: string): Finding {
  const statements = set.requirements.statements.filter(({ key }) => keys.includes(key));
  const last = statements.at(-1);
  const others = statements.slice(0, -1);
  const freed = keys.map((key) => [key, set.without(key).matches.size] as const);
  const easiest = freed.reduce((best, one) => (one[1] > best[1] ? one : best));
  return {
    at: last?.at ?? fallback,
    message: `no instance type of the catalog of ${asOf} has ${statements.map(inWords).join(' and ')}; without ${easiest[0]} ${easiest[1]} would match`,
    related: others.map((statement) => ({ at: statement.at, message: inWords(statement) })),
    evidence: { kind: 'figures', of: Object.fromEntries(freed.map(([key, count]) => [`without ${key}`, count])) },
  };
}

function inWords({ key, says }: Statement): string {
  return `${key} ${says}`;
}

/** The types are there, and the node class can use none of them. */
function* unusable({ nodeClass }: InstanceSet, at: Place): Iterable<Finding> {
  const family = nodeClass?.facts.amiFamily;
  if (family) yield { at, message: `the node class (${family}) can use none of the instance types that the requirements leave` };
}
