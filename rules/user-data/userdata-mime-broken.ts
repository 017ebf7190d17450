import type { Rule } from '../../src/lint/rule.ts';
import { mimeParts } from './mime.ts';
import { userDataOf } from './user-data.ts';

export const userdataMimeBroken: Rule<'EC2NodeClass'> = {
  id: 'userdata-mime-broken',
  code: 'PP809',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'a MIME archive that cannot be read',
  why: 'Karpenter takes it apart to add its own part: it cannot, the launch template is not made, and the class never becomes Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="B"

        --B
        Content-Type: text/x-shellscript

        #!/bin/bash
        echo
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="BOUNDARY"

        --BOUNDARY
        Content-Type: text/x-shellscript

        #!/bin/bash
        echo hello
        --BOUNDARY--
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    if (data?.family !== 'AL2' && data?.family !== 'AL2023') return;
    const text = data.written.value;
    if (!data.isMime && /^\s+(?:MIME-Version|Content-Type):/.test(text)) {
      yield {
        at: data.written.keyAt,
        message: 'a MIME archive begins at its first character; blanks before it make it a script',
      };
    }
    const fault = data.isMime ? mimeParts(text).fault : undefined;
    if (fault !== undefined) yield { at: data.written.keyAt, message: `this MIME archive cannot be read: ${fault}` };
  },
};
