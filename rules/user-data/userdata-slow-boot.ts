import type { Rule } from '../../src/lint/rule.ts';
import { userDataOf } from './user-data.ts';

export const userdataSlowBoot: Rule<'EC2NodeClass'> = {
  id: 'userdata-slow-boot',
  code: 'PP813',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  summary: 'work at boot that belongs into the image',
  why: 'Each new node does it again while pods wait, and a node that has not registered after 15 minutes is thrown away.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclaims/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        dnf upgrade -y
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        sysctl -w vm.max_map_count=262144
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    for (const script of data?.scripts ?? []) {
      const [found] = slow.exec(script) ?? [];
      if (!data || found === undefined) continue;
      yield {
        at: data.written.keyAt,
        message: `"${found.trim()}" runs on every node before it may join; an image of your own has it done once`,
      };
      return;
    }
  },
};

const slow =
  /\b(?:yum|dnf|apt|apt-get)(?: -y)? (?:update|upgrade|dist-upgrade)\b|\bsleep \d{2,}\b|\b(?:docker|ctr|crictl|nerdctl)\b[^\n]* pull\b/;
