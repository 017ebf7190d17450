import type { Rule } from '../../src/lint/rule.ts';
import { overlapFallbackIncompatible } from './overlap-fallback-incompatible.ts';
import { overlapGpuInGeneralPool } from './overlap-gpu-in-general-pool.ts';
import { overlapIdenticalPools } from './overlap-identical-pools.ts';
import { overlapNoDefaultPool } from './overlap-no-default-pool.ts';
import { overlapPhantomZone } from './overlap-phantom-zone.ts';
import { overlapPremiumUntainted } from './overlap-premium-untainted.ts';
import { overlapSameWeight } from './overlap-same-weight.ts';
import { overlapShadowedPool } from './overlap-shadowed-pool.ts';
import { overlayAdjustmentsDoNotStack } from './overlay-adjustments-do-not-stack.ts';
import { overlayConflict } from './overlay-conflict.ts';
import { overlayGateOff } from './overlay-gate-off.ts';
import { overlayMatchesNothing } from './overlay-matches-nothing.ts';
import { overlayPriceImplausible } from './overlay-price-implausible.ts';
import { overlayPriceXor } from './overlay-price-xor.ts';
import { poolCountHigh } from './pool-count-high.ts';

export const overlapRules: readonly Rule[] = [
  overlapSameWeight,
  overlapShadowedPool,
  overlapPremiumUntainted,
  overlapFallbackIncompatible,
  overlapPhantomZone,
  overlapIdenticalPools,
  overlapNoDefaultPool,
  overlapGpuInGeneralPool,
  poolCountHigh,
  overlayGateOff,
  overlayConflict,
  overlayPriceXor,
  overlayMatchesNothing,
  overlayAdjustmentsDoNotStack,
  overlayPriceImplausible,
];
