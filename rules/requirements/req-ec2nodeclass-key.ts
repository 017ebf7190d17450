import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const reqEc2nodeclassKey: Rule<'NodePool'> = {
  id: 'req-ec2nodeclass-key',
  code: 'PP202',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  since: '1.1',
  fix: 'drifts',
  summary: 'the label of the node class as a requirement or template label of a pool',
  why: 'The API lets the key pass and the controller does not know it: the pool is never Ready and launches nothing. Which class a pool uses is what nodeClassRef says; only pods may select by the label.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#spectemplatespecnodeclassref',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/ec2nodeclass, operator: In, values: [default] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: kubernetes.io/arch, operator: In, values: [amd64] }
  `,
  cel: `
    !variables.requirements.exists(r, r.key == 'karpenter.k8s.aws/ec2nodeclass')
    && !('karpenter.k8s.aws/ec2nodeclass' in variables.labels)
  `,

  *check({ template }) {
    for (const requirement of template.requirements ?? []) {
      const { key } = requirement;
      if (key?.value !== own) continue;
      const fix: Fix = { title: 'remove the requirement', safety: 'safe', ops: [{ op: 'remove', at: requirement.at }] };
      yield { at: key.at, message: `${message}: remove it, nodeClassRef says which class`, fixes: [fix] };
    }
    for (const { key, value } of template.labels ?? []) {
      if (key.value !== own) continue;
      const fix: Fix = { title: 'remove the label', safety: 'drifts', ops: [{ op: 'remove', at: value.at }] };
      yield { at: key.at, message: `${message}: Karpenter itself puts the label on its nodes`, fixes: [fix] };
    }
  },
};

const own = 'karpenter.k8s.aws/ec2nodeclass';
const message = `"${own}" passes the API and keeps the pool from becoming Ready`;
