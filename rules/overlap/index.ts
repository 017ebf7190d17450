import type { Rule } from '../../src/lint/rule.ts';
import { overlapIdenticalPools } from './overlap-identical-pools.ts';
import { overlapNoDefaultPool } from './overlap-no-default-pool.ts';
import { overlapSameWeight } from './overlap-same-weight.ts';
import { overlayPriceXor } from './overlay-price-xor.ts';
import { poolCountHigh } from './pool-count-high.ts';

export const overlapRules: readonly Rule[] = [
  overlapSameWeight,
  overlapIdenticalPools,
  overlapNoDefaultPool,
  poolCountHigh,
  overlayPriceXor,
];
