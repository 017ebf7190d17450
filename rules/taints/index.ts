import type { Rule } from '../../src/lint/rule.ts';
import { startupTaintListedAsTaint } from './startup-taint-listed-as-taint.ts';
import { startupTaintMissingForAgent } from './startup-taint-missing-for-agent.ts';
import { startupTaintNoRemover } from './startup-taint-no-remover.ts';
import { taintDaemonsetNotTolerated } from './taint-daemonset-not-tolerated.ts';
import { taintDuplicate } from './taint-duplicate.ts';
import { taintGpuMissing } from './taint-gpu-missing.ts';
import { taintNoTolerator } from './taint-no-tolerator.ts';
import { taintPreferNoSchedule } from './taint-prefer-no-schedule.ts';
import { taintReservedKey } from './taint-reserved-key.ts';
import { taintWithoutSelector } from './taint-without-selector.ts';

export const taintsRules: readonly Rule[] = [
  taintDuplicate,
  startupTaintNoRemover,
  startupTaintListedAsTaint,
  startupTaintMissingForAgent,
  taintReservedKey,
  taintGpuMissing,
  taintPreferNoSchedule,
  taintNoTolerator,
  taintWithoutSelector,
  taintDaemonsetNotTolerated,
];
