import type { Rule } from '../../src/lint/rule.ts';
import { budgetBlocksRepair } from './budget-blocks-repair.ts';
import { budgetCronInvalid } from './budget-cron-invalid.ts';
import { budgetCronNeverFires } from './budget-cron-never-fires.ts';
import { budgetDurationZero } from './budget-duration-zero.ts';
import { budgetEmptyList } from './budget-empty-list.ts';
import { budgetEmptyReasons } from './budget-empty-reasons.ts';
import { budgetFullPool } from './budget-full-pool.ts';
import { budgetIgnoresExpiration } from './budget-ignores-expiration.ts';
import { budgetNoFloor } from './budget-no-floor.ts';
import { budgetPercentOfFew } from './budget-percent-of-few.ts';
import { budgetReasonsLeaveGap } from './budget-reasons-leave-gap.ts';
import { budgetTimezoneUtc } from './budget-timezone-utc.ts';
import { budgetUnhealthyWithoutRepair } from './budget-unhealthy-without-repair.ts';
import { budgetWindowAlwaysActive } from './budget-window-always-active.ts';
import { budgetWindowCannotRaise } from './budget-window-cannot-raise.ts';
import { budgetZeroAlways } from './budget-zero-always.ts';
import { disruptionBlockAbsent } from './disruption-block-absent.ts';
import { disruptionConsolidateAfterRequired } from './disruption-consolidate-after-required.ts';
import { disruptionConsolidateAfterShort } from './disruption-consolidate-after-short.ts';
import { disruptionConsolidationOff } from './disruption-consolidation-off.ts';
import { disruptionDoNotDisruptOnTemplate } from './disruption-do-not-disrupt-on-template.ts';
import { expireAfterImplicit } from './expire-after-implicit.ts';
import { expireAfterLongOrNever } from './expire-after-long-or-never.ts';
import { expireAfterShort } from './expire-after-short.ts';
import { expireAfterWithoutTgp } from './expire-after-without-tgp.ts';
import { expireAfterZero } from './expire-after-zero.ts';
import { nodeLifetimeOverPolicy } from './node-lifetime-over-policy.ts';
import { rolloutLongerThanExpiry } from './rollout-longer-than-expiry.ts';
import { staticPoolFieldsIgnored } from './static-pool-fields-ignored.ts';
import { staticPoolGateOff } from './static-pool-gate-off.ts';
import { tgpLong } from './tgp-long.ts';
import { tgpMakesDriftForceful } from './tgp-makes-drift-forceful.ts';
import { tgpShort } from './tgp-short.ts';

export const disruptionRules: readonly Rule[] = [
  disruptionConsolidateAfterRequired,
  disruptionConsolidateAfterShort,
  disruptionConsolidationOff,
  disruptionBlockAbsent,
  budgetCronInvalid,
  budgetCronNeverFires,
  budgetTimezoneUtc,
  budgetWindowCannotRaise,
  budgetNoFloor,
  budgetReasonsLeaveGap,
  budgetEmptyReasons,
  budgetEmptyList,
  budgetZeroAlways,
  budgetWindowAlwaysActive,
  budgetDurationZero,
  budgetPercentOfFew,
  budgetFullPool,
  budgetIgnoresExpiration,
  expireAfterWithoutTgp,
  expireAfterZero,
  expireAfterShort,
  expireAfterLongOrNever,
  expireAfterImplicit,
  tgpShort,
  tgpLong,
  tgpMakesDriftForceful,
  nodeLifetimeOverPolicy,
  disruptionDoNotDisruptOnTemplate,
  staticPoolFieldsIgnored,
  staticPoolGateOff,
  rolloutLongerThanExpiry,
  budgetBlocksRepair,
  budgetUnhealthyWithoutRepair,
];
