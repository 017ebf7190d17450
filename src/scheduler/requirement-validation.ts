import { parseInt64 } from '../algebra/int64.ts';
import { isLabelValue, isQualifiedName } from '../algebra/label.ts';
import { normalizedLabel } from '../algebra/normalized-label.ts';
import { labelRestriction } from '../algebra/restricted-label.ts';
import type { Minor } from '../algebra/version.ts';
import { wellKnownLabels, wellKnownValues } from '../algebra/well-known.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';

/** A requirement as anybody may have written it. */
export interface WrittenRequirement {
  readonly key?: string;
  readonly operator?: string;
  readonly values?: readonly string[];
  readonly minValues?: number;
}

const operators = ['In', 'NotIn', 'Gt', 'Lt', 'Gte', 'Lte', 'Exists', 'DoesNotExist'];
const numeric = ['Gt', 'Lt', 'Gte', 'Lte'];
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute', ''];
const nodePoolKey = 'karpenter.sh/nodepool';

/** ValidateRequirement: whether Karpenter accepts a requirement at run time, from a pod or from a NodePool. */
export function isValidRequirement(written: WrittenRequirement, karpenter: Minor): boolean {
  const { operator = '', values = [], minValues } = written;
  const key = normalizedLabel(written.key ?? '');
  if (!operators.includes(operator) || !isQualifiedName(key) || !values.every(isLabelValue)) return false;
  if (labelRestriction(key, karpenter)) return false;
  if (operator === 'In' && (values.length === 0 || values.length < (minValues ?? 0))) return false;
  if (operator === 'In' && !hasKnownValues(key, values, minValues, karpenter)) return false;
  return !numeric.includes(operator) || (values.length === 1 && isNatural(values[0] ?? ''));
}

/** NodePool.RuntimeValidate: what decides ValidationSucceeded where no condition says it. */
export function isValidPool({ spec }: NodePool, karpenter: Minor): boolean {
  const { labels, requirements, taints, startupTaints } = spec.template;
  const goodLabels = Object.entries(labels).every(
    ([key, value]) => key !== nodePoolKey && isQualifiedName(key) && isLabelValue(value) && !labelRestriction(key, karpenter),
  );
  const goodRequirements = requirements.every((one) => one.key !== nodePoolKey && isValidRequirement(one, karpenter));
  const all = [...taints, ...startupTaints];
  const goodTaints = all.every(
    ({ key, value = '', effect }) => isQualifiedName(key) && (value === '' || isQualifiedName(value)) && effects.includes(effect),
  );
  const distinct = new Set(all.map(({ key, effect }) => JSON.stringify([key, effect])));
  return goodLabels && goodRequirements && goodTaints && distinct.size === all.length;
}

/** Of a label whose values are all known, one must be listed, and as many as minValues asks for. */
function hasKnownValues(key: string, values: readonly string[], minValues: number | undefined, karpenter: Minor): boolean {
  const known = wellKnownLabels(karpenter).has(key) ? wellKnownValues(karpenter).get(key) : undefined;
  if (!known) return true;
  const valid = values.filter((value) => known.has(value)).length;
  return valid > 0 && valid >= (minValues ?? 0);
}

function isNatural(text: string): boolean {
  const value = parseInt64(text);
  return value !== undefined && value >= 0;
}
