import { describe, expect, test } from 'vitest';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import type { PodSpec } from '../../src/model/cluster/pod.ts';
import { constraintsOf } from '../../src/scheduler/preferences.ts';
import { RequirementSpace } from '../../src/scheduler/requirement-space.ts';
import type { TopologyRule } from '../../src/scheduler/topology-group.ts';
import { topologyIdentity } from '../../src/scheduler/topology-identity.ts';
import { oddOnes, TopologyNodeFilter } from '../../src/scheduler/topology-node-filter.ts';

const space = new RequirementSpace(wellKnownLabels('1.15'));
const selector = { matchLabels: { app: 'web' } };

function identity(
  spec: PodSpec,
  rule: Partial<TopologyRule> = {},
  of: Parameters<typeof topologyIdentity>[2] = selector,
): string {
  const filter = new TopologyNodeFilter(space, constraintsOf(spec), 'Ignore', 'Honor');
  const whole: TopologyRule = { type: 'topology spread', key: 'zone', maxSkew: 1, minDomains: undefined, filter, ...rule };
  return topologyIdentity(whole, ['default'], of);
}

function required(...terms: readonly (readonly string[])[]): PodSpec {
  const nodeSelectorTerms = terms.map((keys) => ({ matchExpressions: keys.map((key) => ({ key, operator: 'Exists' })) }));
  return { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } };
}

// Upstream's hash library does not see operators and values, and combines lists by exclusive or.
describe('rules share a group', () => {
  test.each([
    [
      'whatever the values of their node selectors',
      identity({ nodeSelector: { zone: 'a' } }),
      identity({ nodeSelector: { zone: 'b' } }),
    ],
    ['whatever minDomains says', identity({}), identity({}, { minDomains: 3 })],
    ['if two terms of equal keys cancel', identity(required(['a'], ['a'])), identity(required(['b'], ['b']))],
    [
      'however often an expression is repeated',
      identity({}, {}, { matchExpressions: [{ key: 'a', operator: 'Exists' }] }),
      identity(
        {},
        {},
        {
          matchExpressions: [
            { key: 'a', operator: 'Exists' },
            { key: 'a', operator: 'Exists' },
          ],
        },
      ),
    ],
    [
      'where absent seconds meet 0',
      identity({ tolerations: [{ key: 'a', operator: 'Exists' }] }),
      identity({ tolerations: [{ key: 'a', operator: 'Exists', tolerationSeconds: 0 }] }),
    ],
  ])('%s', (_, one, other) => {
    expect(one).toBe(other);
  });
});

describe('rules have groups of their own', () => {
  test.each([
    ['for other keys of the selector', identity({ nodeSelector: { zone: 'a' } }), identity({ nodeSelector: { rack: 'a' } })],
    ['without node affinity and with terms that cancel', identity({}), identity(required(['a'], ['a']))],
    [
      'for an absent and an empty selector',
      identity({}, {}, {}),
      topologyIdentity(
        { type: 'topology spread', key: 'zone', maxSkew: 1, minDomains: undefined, filter: undefined },
        ['default'],
        undefined,
      ),
    ],
    [
      'for labels written as expression',
      identity({}),
      identity({}, {}, { matchExpressions: [{ key: 'app', operator: 'In', values: ['web'] }] }),
    ],
    ['for another skew', identity({}), identity({}, { maxSkew: 2 })],
  ])('%s', (_, one, other) => {
    expect(one).not.toBe(other);
  });
});

test('equal elements cancel in pairs', () => {
  expect(oddOnes(['b', 'a', 'b', 'c', 'c', 'c'])).toEqual(['a', 'c']);
});
