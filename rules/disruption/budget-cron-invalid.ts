import type { CronRefusal } from '../../src/algebra/cron.ts';
import { isCronRefusal } from '../../src/algebra/cron.ts';
import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Located } from '../../src/text/place.ts';
import { respelled } from './respelled-schedule.ts';

export const budgetCronInvalid: Rule<'NodePool'> = {
  id: 'budget-cron-invalid',
  code: 'PP405',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'error' },
  fix: 'safe',
  summary: 'a budget schedule that the API accepts and Karpenter cannot read',
  why: 'One schedule that cannot be read makes the allowed disruptions of the whole pool zero, for every reason: no consolidation, no drift, no new AMI, until somebody reads the controller log.',
  docs: 'https://karpenter.sh/docs/concepts/disruption/#nodepool-disruption-budgets',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "0 9 * * 1-7", duration: 8h }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      disruption:
        budgets:
          - { nodes: "0", schedule: "0 9 * * *", duration: 8h }
  `,

  *check({ disruption }, { cron }) {
    for (const { schedule } of disruption?.budgets ?? []) {
      const refusal = schedule && cron(schedule.value);
      if (!schedule || !refusal || !isCronRefusal(refusal) || !passesApi(schedule.value)) continue;
      yield {
        at: schedule.at,
        message: `schedule "${schedule.value}": ${reasonFor(refusal)}. Karpenter then disrupts no node of this pool, for any reason`,
        fixes: fixesOf(schedule),
      };
    }
  },
};

/** What the CRD lets through; what it refuses is not this rule's to say. */
function passesApi(schedule: string): boolean {
  return /^@(annually|yearly|monthly|weekly|daily|midnight|hourly)|^(.+)[\t\n\f\r ](.+)[\t\n\f\r ](.+)[\t\n\f\r ](.+)[\t\n\f\r ](.+)$/.test(
    schedule,
  );
}

function reasonFor(refusal: CronRefusal): string {
  switch (refusal.why) {
    case 'time-zone':
      return `"${refusal.text}" sets a time zone, but schedules are always UTC`;
    case 'every':
      return '"@every" is not known here: write the five fields';
    case 'descriptor':
      return `"${refusal.text}" is no shorthand; there are @yearly, @annually, @monthly, @weekly, @daily, @midnight and @hourly`;
    case 'field-count':
      return `five fields are needed (minute, hour, day, month, weekday), here are ${refusal.found}`;
    case 'above-maximum':
      return refusal.field === 'weekday'
        ? `"${refusal.text}" is above 6: Sunday is 0`
        : `"${refusal.text}" is above the greatest ${refusal.field}`;
    case 'below-minimum':
      return `"${refusal.text}" is below the least ${refusal.field}`;
    case 'reversed-range':
      return `the ${refusal.field} range "${refusal.text}" runs backwards and may not wrap`;
    case 'zero-step':
      return `"${refusal.text}" has a step of zero`;
    default:
      return `"${refusal.text}" is no ${refusal.field}`;
  }
}

function fixesOf(schedule: Located<string>): readonly Fix[] {
  const instead = respelled(schedule.value);
  if (instead === undefined) return [];
  return [{ title: `write "${instead}"`, safety: 'safe', ops: [{ op: 'set', at: schedule.at, value: instead }] }];
}
