import { expect, test } from 'vitest';
import { normalizedLabel } from '../../src/algebra/normalized-label.ts';
import { labelDomain, labelRestriction } from '../../src/algebra/restricted-label.ts';
import { karpenterMinors } from '../../src/algebra/version.ts';
import { wellKnownLabels, wellKnownValues } from '../../src/algebra/well-known.ts';
import { differences } from '../oracle/algebra/recorded.ts';

test("agrees with Karpenter 1.14 on its well-known and restricted labels, with the AWS provider's added", () => {
  expect(differences('well-known')).toEqual([]);
  expect(differences('restricted')).toEqual([]);
});

test('well-known labels only ever become more', () => {
  const counts = karpenterMinors.map((minor) => wellKnownLabels(minor).size);
  expect(counts).toEqual([28, 29, 29, 30, 30, 30, 31, 32, 32, 33, 34, 36, 36, 36, 36, 36]);
});

test('known values are asked for since 1.5, of the tenancy since 1.9', () => {
  expect([...wellKnownValues('1.4').keys()]).toEqual([]);
  expect([...wellKnownValues('1.5').keys()]).toEqual(['karpenter.sh/capacity-type']);
  expect([...(wellKnownValues('1.9').get('karpenter.k8s.aws/instance-tenancy') ?? [])]).toEqual(['default', 'dedicated']);
});

test.each([
  ['example.com/x', undefined, undefined],
  ['team', undefined, undefined],
  ['kubernetes.io/x', 'kubernetes.io', undefined],
  ['xk8s.io/x', 'k8s.io', undefined],
  ['kops.k8s.io/x', undefined, undefined],
  ['node-restriction.kubernetes.io/x', undefined, undefined],
  ['beta.kubernetes.io/arch', 'kubernetes.io', undefined],
  ['xkarpenter.sh/x', 'karpenter.sh', undefined],
  ['a.karpenter.sh/x', 'karpenter.sh', 'karpenter.sh'],
  ['karpenter.k8s.aws/ec2nodeclass', 'karpenter.k8s.aws', 'karpenter.k8s.aws'],
  ['karpenter.k8s.aws/instance-cpu', undefined, undefined],
  ['karpenter.k8s.aws/placement-group-id', 'karpenter.k8s.aws', 'karpenter.k8s.aws'],
])('%s is restricted until 1.8 by %s, in 1.9 by %s', (key, until18, since19) => {
  const domain = (minor: '1.8' | '1.9'): string | undefined => {
    const restriction = labelRestriction(key, minor);
    return restriction?.why === 'domain' ? restriction.domain : undefined;
  };
  expect([domain('1.8'), domain('1.9')]).toEqual([until18, since19]);
});

test('the hostname is restricted by its domain until 1.8, by itself since', () => {
  expect(labelRestriction('kubernetes.io/hostname', '1.8')).toEqual({ why: 'domain', domain: 'kubernetes.io' });
  expect(labelRestriction('kubernetes.io/hostname', '1.15')).toEqual({ why: 'label' });
});

test('a key without a slash has no domain', () => {
  expect([labelDomain('team'), labelDomain('a.b/c/d'), labelDomain('/x')]).toEqual(['', 'a.b', '']);
});

test('labels that are not deprecated stay as they are', () => {
  expect(normalizedLabel('team')).toBe('team');
  expect(normalizedLabel('topology.ebs.csi.aws.com/zone')).toBe('topology.kubernetes.io/zone');
});
