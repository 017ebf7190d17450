import type { Rule } from '../../src/lint/rule.ts';
import { userDataOf } from './user-data.ts';

export const userdataAl2PathsOnAl2023: Rule<'EC2NodeClass'> = {
  id: 'userdata-al2-paths-on-al2023',
  code: 'PP804',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'a script written for AL2 on AL2023',
  why: 'These files are gone: the script fails there, under "set -e" for good, and the node never joins.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        amazon-linux-extras install epel
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        dnf install -y jq
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    if (data?.family !== 'AL2023') return;
    for (const script of data.scripts) {
      const [found] = gone.exec(script) ?? [];
      if (found === undefined || new RegExp(`\\[\\[? -[efr] ${found.replaceAll('.', '\\.')}`).test(script)) continue;
      yield {
        at: data.written.keyAt,
        message:
          found === 'nodeadm init'
            ? '"nodeadm init" by hand: the node starts it itself, with what Karpenter adds to this text'
            : `"${found}" is AL2's: AL2023 has no such ${found.startsWith('/') ? 'file' : 'command'}`,
      };
      return;
    }
  },
};

/** What AL2023 lacks, and what Karpenter's part does already. */
const gone =
  /\bnodeadm init\b|\/etc\/kubernetes\/kubelet\/kubelet-config\.json|\/etc\/eks\/eni-max-pods\.txt|\bamazon-linux-extras\b/;
