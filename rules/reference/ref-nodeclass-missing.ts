import { nearestWords } from '../../src/algebra/nearest-word.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const refNodeclassMissing: Rule<'NodePool'> = {
  id: 'ref-nodeclass-missing',
  code: 'PP1301',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  fix: 'unsafe',
  summary: 'a nodeClassRef to a class that is not there',
  why: 'The pool reports NodeClassNotFound and the scheduler passes it over; pods that only this pool can host stay pending.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecnodeclassref',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: gpu } } }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default } } }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
  `,

  *check(pool, { target, context }) {
    const { group, kind, name } = pool.template.nodeClassRef ?? {};
    if (!name || group?.value !== 'karpenter.k8s.aws' || kind?.value !== 'EC2NodeClass') return;
    if (context.classOf(pool) || target.externalClasses.includes('*') || target.externalClasses.includes(name.value)) return;
    // Elsewhere a class may exist that nobody showed us: outside a closed world only a stream that brings classes of its own tells.
    const isComplete = target.closedWorld || context.nodeClasses.some((nodeClass) => nodeClass.at.file === pool.at.file);
    if (!isComplete) return;
    const known = context.nodeClasses.flatMap((nodeClass) => nodeClass.name?.value ?? []);
    const [near] = nearestWords(name.value, known);
    yield {
      at: name.at,
      message: `no EC2NodeClass "${name.value}" is in view${near === undefined ? '' : `; did you mean "${near}"?`} The pool will not become Ready`,
      ...(!target.closedWorld && {
        severity: 'warning' as const,
        assumptions: ['every node class of the cluster is among the input'],
      }),
      evidence: { kind: 'sets', of: { classes: known } },
      ...(near !== undefined && {
        fixes: [{ title: `use "${near}"`, safety: 'unsafe', ops: [{ op: 'set', at: name.at, value: near }] }],
      }),
    };
  },
};
