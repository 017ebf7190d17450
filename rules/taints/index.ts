import type { Rule } from '../../src/lint/rule.ts';
import { startupTaintListedAsTaint } from './startup-taint-listed-as-taint.ts';
import { startupTaintNoRemover } from './startup-taint-no-remover.ts';
import { taintDuplicate } from './taint-duplicate.ts';
import { taintGpuMissing } from './taint-gpu-missing.ts';
import { taintPreferNoSchedule } from './taint-prefer-no-schedule.ts';
import { taintReservedKey } from './taint-reserved-key.ts';

export const taintsRules: readonly Rule[] = [
  taintDuplicate,
  startupTaintNoRemover,
  startupTaintListedAsTaint,
  taintReservedKey,
  taintGpuMissing,
  taintPreferNoSchedule,
];
