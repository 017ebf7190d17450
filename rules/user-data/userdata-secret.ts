import type { Rule } from '../../src/lint/rule.ts';

export const userdataSecret: Rule<'EC2NodeClass', { patterns: readonly string[] }> = {
  id: 'userdata-secret',
  code: 'PP812',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  parameters: { patterns: { default: [], says: 'Further regular expressions of what is a secret here.' } },
  summary: 'a secret in user data',
  why: 'Every pod that reaches the metadata service reads it, and so does everybody who may call DescribeInstanceAttribute.',
  docs: 'https://karpenter.sh/docs/reference/threat-model/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPL3
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        aws ssm get-parameter --name /app/token
  `,

  *check(nodeClass, _world, { patterns }) {
    const { userData } = nodeClass;
    if (!userData) return;
    const found = [...secrets, ...patterns.map((source) => ['a secret', new RegExp(source)] as const)].find(([, pattern]) =>
      pattern.test(userData.value),
    );
    if (found) yield { at: userData.keyAt, message: `the user data holds ${found[0]}` };
  },
};

const secrets: readonly (readonly [string, RegExp])[] = [
  ['an AWS access key', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['an AWS secret key', /aws_?secret_?(?:access_?)?key\s*[=:]\s*["']?[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/])/i],
  ['a private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36}\b/],
  ['a password', /(?:password|passwd|secret|token)\s*[=:]\s*["']?(?![$<{]|["']?\s*$)[A-Za-z0-9+/_.-]{12,}/im],
];
