import type { Rule } from '../../src/lint/rule.ts';
import { drainImpossible } from './drain-impossible.ts';
import { pvcZoneUnreachable } from './pvc-zone-unreachable.ts';
import { tscKeyUnsupported } from './tsc-key-unsupported.ts';
import { tscMinDomains } from './tsc-min-domains.ts';
import { tscSelectorMissesOwnPods } from './tsc-selector-misses-own-pods.ts';
import { tscSoftCostsNodes } from './tsc-soft-costs-nodes.ts';
import { tscUnsatisfiable } from './tsc-unsatisfiable.ts';
import { workloadLabelUnknownToPools } from './workload-label-unknown-to-pools.ts';
import { workloadRestrictedLabel } from './workload-restricted-label.ts';
import { workloadTolerationMissing } from './workload-toleration-missing.ts';

export const workloadsRules: readonly Rule[] = [
  workloadRestrictedLabel,
  workloadLabelUnknownToPools,
  workloadTolerationMissing,
  drainImpossible,
  pvcZoneUnreachable,
  tscUnsatisfiable,
  tscMinDomains,
  tscKeyUnsupported,
  tscSelectorMissesOwnPods,
  tscSoftCostsNodes,
];
