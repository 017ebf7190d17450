import type { Rule } from '../../src/lint/rule.ts';
import { userDataOf } from './user-data.ts';

export const userdataTooLarge: Rule<'EC2NodeClass', { overhead: number }> = {
  id: 'userdata-too-large',
  code: 'PP811',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'error',
  profiles: { minimal: 'off' },
  parameters: { overhead: { default: 1500, says: "Bytes that Karpenter's own part is taken to have." } },
  summary: 'more user data than EC2 takes',
  why: 'EC2 takes 16 KiB: beyond that UserDataSizeLimitExceeded makes the class not Ready.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        # ${'x'.repeat(16384)}
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        #!/bin/bash
        echo
  `,
  cel: `
    !has(variables.spec.userData)
    || variables.amiFamily == ''
    || size(bytes(variables.spec.userData)) + (variables.amiFamily == 'Custom' ? 0 : params.overhead) <= 14745
  `,
  mildest: 'warning',

  *check(nodeClass, _world, { overhead }) {
    const data = userDataOf(nodeClass);
    if (!data) return;
    const size = new TextEncoder().encode(data.written.value).length + (data.family === 'Custom' ? 0 : overhead);
    if (size <= WARNING) return;
    yield {
      at: data.written.keyAt,
      message: `about ${size} bytes with Karpenter's own part; EC2 takes ${LIMIT}`,
      ...(size <= LIMIT && { severity: 'warning' as const }),
      evidence: { kind: 'figures', of: { bytes: size, limit: LIMIT } },
    };
  },
};

const LIMIT = 16_384;

/** Karpenter itself warns from nine tenths of the limit on. */
const WARNING = 14_745;
