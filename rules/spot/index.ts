import type { Rule } from '../../src/lint/rule.ts';
import { odFlexibilityLow } from './od-flexibility-low.ts';
import { spotGraceOverTwoMinutes } from './spot-grace-over-two-minutes.ts';
import { spotImplicit } from './spot-implicit.ts';
import { spotMinValuesAbsent } from './spot-min-values-absent.ts';
import { spotMinValuesDisablesFilters } from './spot-min-values-disables-filters.ts';
import { spotNoFallback } from './spot-no-fallback.ts';
import { spotSingleType } from './spot-single-type.ts';
import { spotStateful } from './spot-stateful.ts';
import { spotToSpotNoEffect } from './spot-to-spot-no-effect.ts';
import { spotTooFewFamilies } from './spot-too-few-families.ts';
import { spotTooFewTypes } from './spot-too-few-types.ts';
import { spotWeightInverted } from './spot-weight-inverted.ts';
import { spotWithoutQueue } from './spot-without-queue.ts';

export const spotRules: readonly Rule[] = [
  spotTooFewFamilies,
  spotTooFewTypes,
  spotSingleType,
  spotImplicit,
  spotNoFallback,
  spotWeightInverted,
  spotWithoutQueue,
  spotGraceOverTwoMinutes,
  spotStateful,
  spotMinValuesDisablesFilters,
  spotToSpotNoEffect,
  odFlexibilityLow,
  spotMinValuesAbsent,
];
