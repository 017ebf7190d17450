import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';
import { integer } from '../../src/model/decode.ts';

export const kubeletPodsPerCoreBottlerocket: Rule<'EC2NodeClass'> = {
  id: 'kubelet-pods-per-core-bottlerocket',
  code: 'PP817',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'warning',
  until: '1.14',
  fix: 'drifts',
  summary: 'podsPerCore on Bottlerocket, which has no setting for it',
  why: 'Bottlerocket never hears of it, so nodes run more pods than the author meant. From Karpenter 1.15 on a class with it is not Ready at all.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#pods-per-core',
  bad: `
    # karpenter: 1.14
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: bottlerocket@v1.20.3 }]
      kubelet: { podsPerCore: 4 }
  `,
  good: `
    # karpenter: 1.14
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ alias: bottlerocket@v1.20.3 }]
      kubelet: { maxPods: 40 }
  `,
  cel: "!has(variables.kubelet.podsPerCore) || variables.amiFamily != 'Bottlerocket'",

  *check(nodeClass) {
    const pods = integer(nodeClass.kubelet, 'podsPerCore');
    if (!pods || amiFamilyOf(nodeClass) !== 'Bottlerocket') return;
    yield {
      at: pods.keyAt,
      check: 'RT-EC-29',
      message: `podsPerCore ${pods.value} has no effect on Bottlerocket, and Karpenter 1.15 refuses it there`,
      fixes: [{ title: 'remove podsPerCore', safety: 'drifts', ops: [{ op: 'remove', at: pods.at }] }],
    };
  },
};
