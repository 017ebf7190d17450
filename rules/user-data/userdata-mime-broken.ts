import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Place } from '../../src/text/place.ts';
import { mimeParts } from './mime.ts';
import { userDataOf } from './user-data.ts';

export const userdataMimeBroken: Rule<'EC2NodeClass'> = {
  id: 'userdata-mime-broken',
  code: 'PP809',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  fix: 'drifts',
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
    const { at, keyAt } = data.written;
    if (!data.isMime && /^\s+(?:MIME-Version|Content-Type):/.test(text)) {
      yield {
        at: keyAt,
        message: 'a MIME archive begins at its first character; blanks before it make it a script',
        fixes: [fix('take the blanks away', at, dedented(text))],
      };
    }
    const { fault, end } = data.isMime ? mimeParts(text) : {};
    if (fault === undefined) return;
    yield {
      at: keyAt,
      message: `this MIME archive cannot be read: ${fault}`,
      ...(end !== undefined && { fixes: [fix(`end it with ${end}`, at, `${text.replace(/\n*$/, '\n')}${end}\n`)] }),
    };
  },
};

function fix(title: string, at: Place, value: string): Fix {
  return { title, safety: 'drifts', ops: [{ op: 'set', at, value }] };
}

/** Without the blank lines at its head, and without as many blanks on each line as the first has. */
function dedented(text: string): string {
  const body = text.replace(/^\s*\n/, '');
  const blanks = /^[ \t]*/.exec(body)?.[0] ?? '';
  return body
    .split('\n')
    .map((line) => (line.startsWith(blanks) ? line.slice(blanks.length) : line))
    .join('\n');
}
