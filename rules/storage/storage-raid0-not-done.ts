import { atLeast, type Minor } from '../../src/algebra/version.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { amiFamilyOf } from '../../src/model/ami-family.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';

export const storageRaid0NotDone: Rule<'EC2NodeClass'> = {
  id: 'storage-raid0-not-done',
  code: 'PP1011',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'instance stores that are counted and not set up',
  why: 'Karpenter plans pods onto the local disks, but nothing on these images joins and mounts them: pods with large ephemeral requests are evicted.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specinstancestorepolicy',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Custom
      instanceStorePolicy: RAID0
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      instanceStorePolicy: RAID0
  `,
  cel: `
    !has(variables.spec.instanceStorePolicy)
    || variables.spec.instanceStorePolicy != 'RAID0'
    || (has(variables.spec.userData) && variables.spec.userData.matches('(?i)nvme|raid'))
    || !(
      variables.amiFamily == 'Custom'
        || variables.amiFamily.startsWith('Windows')
        || (variables.amiFamily == 'Bottlerocket' && (
          target.karpenterMinor == '1.0'
            || variables.amiSelectorTerms.exists(t, has(t.alias)
              && t.alias.matches(r'^bottlerocket@v?(0+\\.[0-9]+|0*1\\.0*([0-9]|1[0-9]|2[01]))\\.'))
        ))
    )
  `,

  *check(nodeClass, { target }) {
    const policy = nodeClass.instanceStorePolicy;
    const family = amiFamilyOf(nodeClass);
    if (policy?.value !== 'RAID0' || !family || /nvme|raid/i.test(nodeClass.userData?.value ?? '')) return;
    const tooOld = family === 'Bottlerocket' ? tooOldFor(nodeClass, target.karpenterMinor) : undefined;
    if (family !== 'Custom' && !family.startsWith('Windows') && tooOld === undefined) return;
    yield {
      at: policy.at,
      message: `RAID0 does nothing on ${family}${tooOld ?? ''}: the disks are counted and never set up`,
    };
  },
};

/** Karpenter asks for it since 1.1, and Bottlerocket's images can do it since 1.22. */
function tooOldFor({ amiSelectorTerms }: EC2NodeClass, karpenter: Minor): string | undefined {
  if (!atLeast(karpenter, '1.1')) return ' before Karpenter 1.1';
  const old = amiSelectorTerms?.items.find(({ alias }) => {
    const [, major, minor] = /^bottlerocket@v?(\d+)\.(\d+)\./.exec(alias?.value ?? '') ?? [];
    return major !== undefined && (Number(major) < 1 || (Number(major) === 1 && Number(minor) < 22));
  });
  return old && ` before 1.22 (${old.alias?.value})`;
}
