import { parse, TomlError } from 'smol-toml';
import type { Rule } from '../../src/lint/rule.ts';
import { userDataOf } from './user-data.ts';

export const userdataTomlBroken: Rule<'EC2NodeClass'> = {
  id: 'userdata-toml-broken',
  code: 'PP810',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  summary: 'Bottlerocket settings that are not TOML',
  why: 'The text does not parse: the launch template is not made, and the class never becomes Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      userData: |
        [settings.kubernetes
        allowed-unsafe-sysctls = []
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Bottlerocket
      userData: |
        [settings.kubernetes]
        allowed-unsafe-sysctls = []
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    // What is no TOML at all is told as the wrong format.
    if (data?.family !== 'Bottlerocket' || data.isMime || data.written.value.startsWith('#!')) return;
    try {
      parse(data.written.value);
    } catch (error) {
      if (!(error instanceof TomlError)) throw error;
      yield {
        at: data.written.keyAt,
        message: `line ${error.line} of the user data is not TOML: ${error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '')}`,
      };
    }
  },
};
