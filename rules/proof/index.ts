import type { Rule } from '../../src/lint/rule.ts';
import { schedAntiAffinityExhausts } from './sched-anti-affinity-exhausts.ts';
import { schedEphemeralStorage } from './sched-ephemeral-storage.ts';
import { schedFragile } from './sched-fragile.ts';
import { schedLanding } from './sched-landing.ts';
import { schedLimitBlocks } from './sched-limit-blocks.ts';
import { schedMinValues } from './sched-min-values.ts';
import { schedSpotLoss } from './sched-spot-loss.ts';
import { schedUnschedulable } from './sched-unschedulable.ts';
import { schedZoneLoss } from './sched-zone-loss.ts';

export const proofRules: readonly Rule[] = [
  schedUnschedulable,
  schedLimitBlocks,
  schedFragile,
  schedZoneLoss,
  schedSpotLoss,
  schedMinValues,
  schedAntiAffinityExhausts,
  schedEphemeralStorage,
  schedLanding,
];
