import { identityOf } from '../../src/context/link.ts';
import { onceFor } from '../../src/context/once.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import { isKarpenters, nameAt } from '../../src/document/objects.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const gitopsDuplicateObject: Rule<'Context'> = {
  id: 'gitops-duplicate-object',
  code: 'PP1912',
  on: 'Context',
  effect: 'risk',
  severity: 'error',
  summary: 'one object written twice for one cluster',
  why: 'Two owners apply over each other. Each flip changes the pool or the class, and what differs drifts its nodes, again and again.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#drift',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec: { weight: 10 }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec: { weight: 20 }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general-arm }
  `,

  *check({ objects }) {
    const first = new Map<string, KubernetesObject>();
    for (const object of objects) {
      const { identity } = onceFor(identities, object, claimed);
      if (identity === undefined) continue;
      const { kind, name } = object;
      const known = first.get(identity);
      if (!known) {
        first.set(identity, object);
        continue;
      }
      yield {
        at: nameAt(object),
        message: `${kind} "${name}" is already defined in ${known.document.source.file}: two definitions fight over one object${hint(known.document.source.file, object.document.source.file)}`,
        related: [{ at: nameAt(known), message: 'the first definition' }],
      };
    }
  },
};

/** Undefined of what is not Karpenter's, or has no name. */
function claimed(object: KubernetesObject): { readonly identity: string | undefined } {
  const { apiVersion, kind, name } = object;
  return { identity: name !== undefined && isKarpenters(apiVersion, kind) ? identityOf(object) : undefined };
}

/** A server has the same objects in view at every request. */
const identities = new WeakMap<KubernetesObject, ReturnType<typeof claimed>>();

/** Files of several clusters in one run look like duplicates: say how to keep them apart. */
function hint(a: string, b: string): string {
  if (a === b || !/(?:^|[/\n])(?:clusters|overlays|environments|envs|prod|production|staging|dev)\//.test(`${a}\n${b}`))
    return '';
  return '. If the files belong to different clusters, name them under `clusters:` in poolproof.yaml';
}
