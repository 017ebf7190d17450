import type { Rule } from '../../src/lint/rule.ts';

export const detailedMonitoringCost: Rule<'EC2NodeClass'> = {
  id: 'detailed-monitoring-cost',
  code: 'PP1210',
  on: 'EC2NodeClass',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'paid metrics of every instance',
  why: 'CloudWatch bills each metric of each instance that was ever there in the month: with nodes that come and go that is many more than are running.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specdetailedmonitoring',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      detailedMonitoring: true
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      detailedMonitoring: false
  `,
  cel: '!has(variables.spec.detailedMonitoring) || !variables.spec.detailedMonitoring',

  *check({ detailedMonitoring }) {
    if (!detailedMonitoring?.value) return;
    yield {
      at: detailedMonitoring.at,
      message: 'CloudWatch charges the metrics of each node that was there in the month',
      fixes: [{ title: 'switch it off', safety: 'drifts', ops: [{ op: 'set', at: detailedMonitoring.at, value: false }] }],
    };
  },
};
