import type { Rule } from '../../src/lint/rule.ts';

export const storageUnencrypted: Rule<'EC2NodeClass', { accountDefaultEncryption: boolean }> = {
  id: 'storage-unencrypted',
  code: 'PP907',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', security: 'error', dev: 'info' },
  parameters: { accountDefaultEncryption: { default: false, says: 'Whether the account encrypts volumes by default.' } },
  fix: 'drifts',
  summary: 'a volume that is not encrypted',
  why: "Karpenter's own default volumes are encrypted, but writing any mapping replaces them all, with EC2's default: unencrypted unless the account says otherwise.",
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specblockdevicemappings',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi } }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      blockDeviceMappings: [{ deviceName: /dev/xvda, ebs: { volumeSize: 100Gi, encrypted: true } }]
  `,
  cel: `
    params.accountDefaultEncryption
    || variables.blockDeviceMappings.all(m, !has(m.ebs) || (has(m.ebs.encrypted) ? m.ebs.encrypted : has(m.ebs.snapshotID)))
  `,

  *check({ blockDeviceMappings }, _world, { accountDefaultEncryption }) {
    if (accountDefaultEncryption) return;
    for (const { ebs, deviceName } of blockDeviceMappings ?? []) {
      // A snapshot brings its own encryption with it.
      if (!ebs || ebs.encrypted?.value || (ebs.snapshotID && !ebs.encrypted)) continue;
      yield {
        at: ebs.encrypted?.at ?? ebs.keyAt,
        message: `the volume ${deviceName?.value ?? ''} is not encrypted${ebs.encrypted ? '' : ': a mapping of your own has no default for it'}`,
        fixes: [
          {
            title: 'encrypt it',
            safety: 'drifts',
            ops: [
              ebs.encrypted
                ? { op: 'set', at: ebs.encrypted.at, value: true }
                : { op: 'insert', at: ebs.at, key: 'encrypted', value: true },
            ],
          },
        ],
      };
    }
  },
};
