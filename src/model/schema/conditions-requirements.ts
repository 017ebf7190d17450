import { parseInt64 } from '../../algebra/int64.ts';
import { type Condition, type Fault, noFaults, type Placement } from './condition.ts';
import {
  isClaimLabel,
  isOverlayLabel,
  isPoolLabel,
  type KeyTest,
  k8sDomain,
  karpenterDomain,
  kubernetesDomain,
  noHostname,
  noNodePool,
  providerDomain,
} from './label-domains.ts';
import type { Lifetime } from './structure.ts';

interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
  readonly minValues?: number;
}

const pools: readonly Placement[] = [
  { kind: 'NodePool v1', path: 'spec.template.spec.requirements[]' },
  { kind: 'NodePool v1beta1', path: 'spec.template.spec.requirements[]' },
];
const claims: readonly Placement[] = [
  { kind: 'NodeClaim v1', path: 'spec.requirements[]' },
  { kind: 'NodeClaim v1beta1', path: 'spec.requirements[]' },
];
const overlays: readonly Placement[] = [{ kind: 'NodeOverlay v1alpha1', path: 'spec.requirements[]' }];

const inHasValues: Condition<Requirement> = {
  id: 'REQ-IN-HAS-VALUES',
  on: [...pools, ...claims, ...overlays],
  check: (requirement) => needsValues(requirement, 'In', 'nothing can match'),
};

const notInHasValues: Condition<Requirement> = {
  id: 'REQ-NOTIN-HAS-VALUES',
  on: overlays,
  check: (requirement) => needsValues(requirement, 'NotIn', 'nothing is excluded'),
};

function needsValues({ key, operator, values }: Requirement, wanted: string, so: string): readonly Fault[] {
  if (operator !== wanted || (values && values.length > 0)) return noFaults;
  const message = `the requirement on "${key}" has operator ${operator} and no values: ${so}`;
  return [values ? { path: ['values'], message } : { path: ['operator'], message, unevaluable: true }];
}

const minValues: Condition<Requirement> = {
  id: 'REQ-MINVALUES',
  on: [...pools, ...claims],
  check({ key, operator, values, minValues }) {
    // Without any list of values the requirement is refused for that already.
    if (operator !== 'In' || minValues === undefined || !values || values.length >= minValues) return noFaults;
    const listed = values.length === 1 ? '1 value' : `${values.length} values`;
    const message = `minValues ${minValues} asks for more than the ${listed} listed for "${key}"`;
    return [{ path: ['minValues'], message, related: [['values']] }];
  },
};

const numericOperators: ReadonlySet<string> = new Set(['Gt', 'Lt', 'Gte', 'Lte']);

const numericOps: Condition<Requirement> = {
  id: 'REQ-NUMERIC-OPS',
  on: [...pools, ...claims, ...overlays],
  check: (requirement) => (numericOperators.has(requirement.operator) ? boundFaults(requirement) : noFaults),
};

function boundFaults({ key, operator, values }: Requirement): readonly Fault[] {
  const [value] = values ?? [];
  if (!values || value === undefined || values.length !== 1) {
    const message = `${operator} compares "${key}" with exactly one number, and ${values?.length ?? 'no'} values are listed`;
    return [values ? { path: ['values'], message } : { path: ['operator'], message, unevaluable: true }];
  }
  const number = parseInt64(value);
  const path = ['values', 0];
  if (number === undefined)
    return [{ path, message: `${operator} compares "${key}" with a whole number, not with "${value}"`, unevaluable: true }];
  if (number >= 0) return noFaults;
  return [{ path, message: `${operator} compares "${key}" with a number of zero or more, not with "${value}"` }];
}

function onKeys(id: string, placements: readonly Placement[], test: KeyTest, lifetime: Lifetime = {}): Condition<string> {
  return {
    id,
    on: placements.map(({ kind, path }) => ({ kind, path: `${path}.key`, ...lifetime })),
    check(key, _old, minor) {
      const message = test(key, minor);
      return message === undefined ? noFaults : [{ path: [], message }];
    },
  };
}

const everywhere = [...pools, ...claims, ...overlays];

export const requirementConditions: readonly Condition[] = [
  inHasValues,
  notInHasValues,
  minValues,
  numericOps,
  onKeys('REQ-AWS-DOMAIN', pools, providerDomain(isPoolLabel)),
  onKeys('REQ-AWS-DOMAIN', claims, providerDomain(isClaimLabel)),
  onKeys('REQ-AWS-DOMAIN', overlays, providerDomain(isOverlayLabel)),
  onKeys('REQ-K8S-DOMAIN', everywhere, k8sDomain, { until: '1.8' }),
  onKeys('REQ-K8SIO-DOMAIN', everywhere, kubernetesDomain, { until: '1.8' }),
  onKeys('REQ-KARPENTER-DOMAIN', everywhere, karpenterDomain),
  onKeys('REQ-NO-HOSTNAME', everywhere, noHostname),
  onKeys('REQ-NO-NODEPOOL', pools, noNodePool),
];
