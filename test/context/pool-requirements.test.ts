import { describe, expect, test } from 'vitest';
import { get } from '../../src/algebra/requirements.ts';
import { allows, poolRequirements } from '../../src/context/pool-requirements.ts';
import { poolWith } from './linked.ts';

test('requirements and template labels of one key are met together', () => {
  const pool = poolWith(
    '[{ key: team, operator: In, values: [a, b] }, { key: beta.kubernetes.io/arch, operator: NotIn, values: [arm64] }]',
    '\n    metadata: { labels: { team: b } }',
  );
  const { all, of } = poolRequirements(pool);
  expect([...get(all, 'team').values]).toEqual(['b']);
  expect(of('team').map(({ says }) => says)).toEqual(['the template label "b"', 'In [a, b]']);
  expect(of('kubernetes.io/arch').map(({ written }) => written?.key?.value)).toEqual(['beta.kubernetes.io/arch']);
});

test('Karpenter adds the labels of the pool and of its class', () => {
  const { all, statements } = poolRequirements(poolWith('[]'));
  expect(all.list.map(({ key, only }) => `${key}=${only}`)).toEqual([
    'karpenter.sh/nodepool=general',
    'karpenter.k8s.aws/ec2nodeclass=default',
  ]);
  expect(statements).toEqual([]);
});

test('what the API refuses is not taken for a requirement', () => {
  const refused =
    '[{ key: a, operator: In, values: [] }, { key: b, operator: Gt, values: ["1", "2"] }, { key: c, operator: Is }]';
  expect(poolRequirements(poolWith(refused)).statements).toEqual([]);
});

describe('placeholders', () => {
  test('in a value leave that key unknown and no other', () => {
    const { isKnown } = poolRequirements(
      poolWith('[{ key: team, operator: In, values: [a, "<TEAM>"] }, { key: zone, operator: Exists }]'),
    );
    expect([isKnown('team'), isKnown('zone'), isKnown('other')]).toEqual([false, true, true]);
  });

  test('in an operator leave the key unknown under its present name', () => {
    const { isKnown } = poolRequirements(poolWith('[{ key: beta.kubernetes.io/arch, operator: "<OP>", values: [amd64] }]'));
    expect(isKnown('kubernetes.io/arch')).toBe(false);
  });

  test('in the value of a label leave the key unknown', () => {
    const { isKnown } = poolRequirements(poolWith('[]', '\n    metadata: { labels: { team: "<TEAM>" } }'));
    expect([isKnown('team'), isKnown('other')]).toEqual([false, true]);
  });

  test.each(['<REQUIREMENTS>', '["<REQUIREMENT>"]', '[{ key: "<KEY>", operator: Exists }]'])(
    '%s leave every key unknown',
    (list) => {
      expect(poolRequirements(poolWith(list)).isKnown('any')).toBe(false);
    },
  );

  test('cannot widen what else is said', () => {
    const requirements = poolRequirements(
      poolWith('[{ key: team, operator: In, values: ["<TEAM>"] }, { key: team, operator: NotIn, values: [a] }]'),
    );
    expect([allows(requirements, 'team', 'a'), allows(requirements, 'team', 'b')]).toEqual([false, undefined]);
  });
});
