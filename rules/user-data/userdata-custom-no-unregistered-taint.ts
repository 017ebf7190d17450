import type { Rule } from '../../src/lint/rule.ts';

export const userdataCustomNoUnregisteredTaint: Rule<'EC2NodeClass'> = {
  id: 'userdata-custom-no-unregistered-taint',
  code: 'PP807',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'a custom image whose nodes never register',
  why: 'Karpenter waits for a node that carries the taint karpenter.sh/unregistered. Without it the claim is given up after 15 minutes and launched anew, again and again.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Custom
      amiSelectorTerms: [{ id: ami-0b2f6494ff0b07a0e }]
      userData: |
        #!/bin/bash
        /etc/eks/bootstrap.sh shop
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Custom
      amiSelectorTerms: [{ id: ami-0b2f6494ff0b07a0e }]
      userData: |
        #!/bin/bash
        /etc/eks/bootstrap.sh shop --kubelet-extra-args '--register-with-taints=karpenter.sh/unregistered=:NoExecute'
  `,
  cel: `
    !has(variables.spec.amiFamily)
    || variables.spec.amiFamily != 'Custom'
    || (has(variables.spec.userData) && variables.spec.userData.contains('karpenter.sh/unregistered'))
  `,
  mildest: 'warning',

  *check(nodeClass) {
    const { amiFamily, userData } = nodeClass;
    if (amiFamily?.value !== 'Custom' || userData?.value.includes('karpenter.sh/unregistered')) return;
    yield {
      at: userData?.keyAt ?? amiFamily.at,
      message: userData
        ? 'the user data never mentions the taint karpenter.sh/unregistered: no node of this class registers'
        : 'without user data the image itself must register with the taint karpenter.sh/unregistered:NoExecute',
      ...(!userData && { severity: 'warning' as const, assumptions: ['the image has a bootstrap of its own'] }),
    };
  },
};
