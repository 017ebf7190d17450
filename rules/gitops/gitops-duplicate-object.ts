import { identityOf } from '../../src/context/link.ts';
import { nameAt } from '../../src/document/objects.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const gitopsDuplicateObject: Rule<'Object'> = {
  id: 'gitops-duplicate-object',
  code: 'PP1912',
  on: 'Object',
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

  *check({ object }, { context }) {
    const [known = object] = context.definitionsOf(identityOf(object));
    if (known === object) return;
    const { kind, name } = object;
    const [file, first] = [object.document.source.file, known.document.source.file];
    yield {
      at: nameAt(object),
      message: `${kind} "${name}" is already defined in ${first}: two definitions fight over one object${hint(first, file)}`,
      related: [{ at: nameAt(known), message: 'the first definition' }],
    };
  },
};

/** Files of several clusters in one run look like duplicates: say how to keep them apart. */
function hint(a: string, b: string): string {
  if (a === b || !/(?:^|[/\n])(?:clusters|overlays|environments|envs|prod|production|staging|dev)\//.test(`${a}\n${b}`))
    return '';
  return '. If the files belong to different clusters, name them under `clusters:` in poolproof.yaml';
}
