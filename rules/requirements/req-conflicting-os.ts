import { labels } from '../../src/catalog/instance-label.ts';
import { allows } from '../../src/context/pool-requirements.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';

export const reqConflictingOs: Rule<'NodePool'> = {
  id: 'req-conflicting-os',
  code: 'PP231',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  summary: 'an operating system that the node class does not boot',
  why: 'The AMI family of the class decides the operating system of every instance type. A pool that asks for the other one has no type left and is passed over for every pod.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamifamily',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: kubernetes.io/os, operator: In, values: [windows] }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec: { amiSelectorTerms: [{ alias: al2023@v20260915 }] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: kubernetes.io/os, operator: In, values: [linux] }
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: default }
    spec: { amiSelectorTerms: [{ alias: al2023@v20260915 }] }
  `,

  *check(pool, { requirements, context }) {
    const nodeClass = context.classOf(pool);
    const family = nodeClass && amiFamilyOf(nodeClass);
    const said = requirements(pool);
    const [statement] = said.of(labels.os);
    if (!nodeClass || family === undefined || !statement) return;
    const [own, other] = family.startsWith('Windows') ? ['windows', 'linux'] : ['linux', 'windows'];
    // A word that is neither is told as such.
    if (allows(said, labels.os, own) !== false || allows(said, labels.os, other) !== true) return;
    yield {
      at: statement.at,
      message: `the pool asks for ${other}, and its EC2NodeClass "${nodeClass.name?.value ?? ''}" boots ${own} (${family}): no instance type can match`,
      related: [
        { at: (nodeClass.amiFamily ?? nodeClass.amiSelectorTerms ?? nodeClass).at, message: `the AMI family is ${family}` },
      ],
    };
  },
};
