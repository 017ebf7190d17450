import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { ec2NodeClass } from '../../src/model/ec2-node-class.ts';

export const imdsDefaultChanged: Rule<'Change'> = {
  id: 'imds-default-changed',
  code: 'PP904',
  on: 'Change',
  effect: 'risk',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['before'],
  fix: 'drifts',
  summary: 'a class moved to v1 whose hop limit changes with it',
  why: 'The default hop limit was 2 in v1beta1 and is 1 in v1. Where neither says it, nodes drift and pods without the host network lose instance metadata.',
  docs: 'https://karpenter.sh/docs/upgrading/v1-migration/',
  bad: `
    # before: class.yaml
    apiVersion: karpenter.k8s.aws/v1beta1
    kind: EC2NodeClass
    metadata: { name: a }
    spec: { role: nodes }
    # file: class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: a }
    spec: { role: nodes }
  `,
  good: `
    # before: class.yaml
    apiVersion: karpenter.k8s.aws/v1beta1
    kind: EC2NodeClass
    metadata: { name: a }
    spec: { role: nodes }
    # file: class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: a }
    spec: { role: nodes, metadataOptions: { httpPutResponseHopLimit: 1 } }
  `,

  *check({ before, after }) {
    const isMoved = before.apiVersion === 'karpenter.k8s.aws/v1beta1' && after?.apiVersion === 'karpenter.k8s.aws/v1';
    if (!after || !isMoved || after.kind !== 'EC2NodeClass') return;
    if ([before, after].some(({ node }) => find(node, ['spec', 'metadataOptions']))) return;
    const { spec, keyAt } = ec2NodeClass(after.node);
    yield {
      at: spec?.keyAt ?? keyAt,
      message:
        'the hop limit to instance metadata was 2 by default and is 1 now: nodes drift, and pods without the host network lose it',
      ...(spec && {
        fixes: [
          {
            title: 'write the hop limit down',
            safety: 'drifts' as const,
            ops: [{ op: 'insert' as const, at: spec.at, key: 'metadataOptions', value: { httpPutResponseHopLimit: 1 } }],
          },
        ],
      }),
    };
  },
};
