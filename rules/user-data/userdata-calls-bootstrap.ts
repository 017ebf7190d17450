import type { Rule } from '../../src/lint/rule.ts';
import { userDataOf } from './user-data.ts';

export const userdataCallsBootstrap: Rule<'EC2NodeClass'> = {
  id: 'userdata-calls-bootstrap',
  code: 'PP803',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'a call of bootstrap.sh that is not yours to make',
  why: 'On AL2 Karpenter appends its own call, so the node bootstraps twice; on AL2023 there is no such file, and the script ends there.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2
      userData: |
        #!/bin/bash
        /etc/eks/bootstrap.sh my-cluster
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2
      userData: |
        #!/bin/bash
        yum install -y jq
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    if (data?.family !== 'AL2' && data?.family !== 'AL2023') return;
    if (!data.scripts.some((script) => script.includes('/etc/eks/bootstrap.sh'))) return;
    yield {
      at: data.written.keyAt,
      message:
        data.family === 'AL2'
          ? '/etc/eks/bootstrap.sh is called here and by Karpenter: the node bootstraps twice'
          : 'AL2023 has no /etc/eks/bootstrap.sh: the script fails there',
    };
  },
};
