import type { Rule } from '../../src/lint/rule.ts';
import { limitsAcceleratorMissing } from './limits-accelerator-missing.ts';
import { limitsBelowDemand } from './limits-below-demand.ts';
import { limitsBelowUsage } from './limits-below-usage.ts';
import { limitsContradict } from './limits-contradict.ts';
import { limitsExcludesAllowedTypes } from './limits-excludes-allowed-types.ts';
import { limitsMemoryMissing } from './limits-memory-missing.ts';
import { limitsMissing } from './limits-missing.ts';
import { limitsNoHeadroom } from './limits-no-headroom.ts';
import { limitsOverQuota } from './limits-over-quota.ts';
import { limitsQuoteQuantity } from './limits-quote-quantity.ts';
import { limitsSmallerThanSmallest } from './limits-smaller-than-smallest.ts';
import { limitsUnitSuspicious } from './limits-unit-suspicious.ts';
import { limitsUnknownResource } from './limits-unknown-resource.ts';

export const limitsRules: readonly Rule[] = [
  limitsMissing,
  limitsMemoryMissing,
  limitsUnknownResource,
  limitsAcceleratorMissing,
  limitsSmallerThanSmallest,
  limitsExcludesAllowedTypes,
  limitsContradict,
  limitsUnitSuspicious,
  limitsQuoteQuantity,
  limitsNoHeadroom,
  limitsBelowUsage,
  limitsOverQuota,
  limitsBelowDemand,
];
