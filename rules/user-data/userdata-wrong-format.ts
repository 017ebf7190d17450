import type { Rule } from '../../src/lint/rule.ts';
import { type UserData, userDataOf } from './user-data.ts';

export const userdataWrongFormat: Rule<'EC2NodeClass'> = {
  id: 'userdata-wrong-format',
  code: 'PP801',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'user data in a format that the image does not read',
  why: 'The launch template cannot be made, or the text reaches the node and nothing reads it.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      userData: |
        #!/bin/bash
        echo hello
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      userData: |
        [settings.host-containers.admin]
        enabled = true
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    const fault = data && faultOf(data);
    if (data && fault) yield { at: data.written.keyAt, message: `${data.family} ${fault}` };
  },
};

function faultOf({ written: { value }, family, isMime, nodeConfigs }: UserData): string | undefined {
  // What is a mapping to YAML, or nothing but comments, is taken for a NodeConfig: another rule's.
  const isPlain = family === 'AL2023' && !isMime && nodeConfigs.length === 0 && /^(?!#).*\S/m.test(value);
  if (isPlain && !value.startsWith('#!'))
    return 'wants MIME parts, a NodeConfig or a script; this text has no "#!" to start as one';
  if (family === 'Bottlerocket') return isMime || value.startsWith('#!') ? 'reads TOML; this is a script' : undefined;
  if (family === 'AL2')
    return nodeConfigs.some((config) => config.get('apiVersion')) ? 'knows no NodeConfig, which is of AL2023' : undefined;
  if (family.startsWith('Windows'))
    return /<powershell>/i.test(value) ? 'gets its <powershell> tags from Karpenter; a second pair breaks the script' : undefined;
  return undefined;
}
