import type { Rule } from '../../src/lint/rule.ts';

export const imdsTokensOptional: Rule<'EC2NodeClass'> = {
  id: 'imds-tokens-optional',
  code: 'PP901',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', security: 'error', dev: 'info' },
  fix: 'drifts',
  summary: 'IMDSv1 left open',
  why: 'Without a session token any server-side request forgery in any pod or process turns into the credentials of the node role.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      metadataOptions: { httpTokens: optional }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      metadataOptions: { httpTokens: required }
  `,
  cel: "!has(variables.metadataOptions.httpTokens) || variables.metadataOptions.httpTokens != 'optional'",

  *check({ metadataOptions }) {
    const tokens = metadataOptions?.httpTokens;
    if (tokens?.value !== 'optional') return;
    yield {
      at: tokens.at,
      message: 'httpTokens "optional" answers IMDSv1 requests, which carry no token',
      fixes: [{ title: 'require tokens', safety: 'drifts', ops: [{ op: 'set', at: tokens.at, value: 'required' }] }],
    };
  },
};
