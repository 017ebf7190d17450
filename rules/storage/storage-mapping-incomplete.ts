import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';
import { rootDevice } from './root-device.ts';

export const storageMappingIncomplete: Rule<'EC2NodeClass'> = {
  id: 'storage-mapping-incomplete',
  code: 'PP1001',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'error' },
  fix: 'drifts',
  summary: 'a volume mapping without a device or without a volume',
  why: 'The provider reads both without looking: the controller panics, and one class takes provisioning down for all pools.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      blockDeviceMappings: [{ ebs: { volumeSize: 100Gi } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi } }]
  `,
  cel: 'variables.blockDeviceMappings.all(m, has(m.ebs) && has(m.deviceName))',

  *check(nodeClass) {
    const root = rootDevice(amiFamilyOf(nodeClass));
    for (const mapping of nodeClass.blockDeviceMappings ?? []) {
      const { deviceName, ebs } = mapping;
      if (!ebs)
        yield {
          at: deviceName?.keyAt ?? mapping.at,
          message: `the mapping of ${deviceName?.value ?? 'no device'} has no ebs: the controller reads it all the same, and panics`,
        };
      if (deviceName || !ebs) continue;
      yield {
        at: ebs.keyAt,
        message: 'a mapping without deviceName: the controller reads it all the same, and panics',
        ...(root !== undefined && {
          fixes: [
            {
              title: `name ${root}`,
              safety: 'drifts' as const,
              ops: [{ op: 'insert' as const, at: mapping.at, key: 'deviceName', value: root }],
            },
          ],
        }),
      };
    }
  },
};
