import type { Rule } from '../../src/lint/rule.ts';

export const nodeclassConsumableCapacityInvalid: Rule<'EC2NodeClass'> = {
  id: 'nodeclass-consumable-capacity-invalid',
  code: 'PP1315',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'error',
  since: '1.15',
  summary: 'a sharing mode of GPUs that does not exist',
  why: 'The class reports NVIDIAConsumableCapacityInvalid and is not Ready: its pools launch nothing.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata:
      annotations: { karpenter.k8s.aws/nvidia-consumable-capacity: shared }
    spec: {}
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata:
      annotations: { karpenter.k8s.aws/nvidia-consumable-capacity: memory }
    spec: {}
  `,
  cel: `
    !has(object.metadata.annotations)
    || !('karpenter.k8s.aws/nvidia-consumable-capacity' in object.metadata.annotations)
    || object.metadata.annotations['karpenter.k8s.aws/nvidia-consumable-capacity'].matches('^(|disabled|memory|unlimited|[1-9][0-9]*)$')
  `,

  *check({ annotations }) {
    const mode = annotations?.get('karpenter.k8s.aws/nvidia-consumable-capacity');
    if (!mode || /^(?:|disabled|memory|unlimited|[1-9]\d*)$/.test(mode.value)) return;
    yield { at: mode.at, message: `"${mode.value}" is none of disabled, memory, unlimited and a positive number` };
  },
};
