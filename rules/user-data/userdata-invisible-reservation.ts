import { find } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { moveToKubelet } from './move-to-kubelet.ts';
import { type UserData, userDataOf } from './user-data.ts';

export const userdataInvisibleReservation: Rule<'EC2NodeClass'> = {
  id: 'userdata-invisible-reservation',
  code: 'PP806',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'a reservation that Karpenter does not see',
  why: 'It acts on the node and not in the arithmetic: Karpenter packs pods onto room that is not there, and they stay pending on a node that was launched for them.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      userData: |
        apiVersion: node.eks.aws/v1alpha1
        kind: NodeConfig
        spec:
          kubelet:
            config:
              systemReserved: { memory: 1Gi }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: AL2023
      kubelet: { systemReserved: { memory: 1Gi } }
      userData: |
        apiVersion: node.eks.aws/v1alpha1
        kind: NodeConfig
        spec:
          kubelet:
            config:
              shutdownGracePeriod: 30s
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    if (!data) return;
    const hidden = reservations.filter((field) => !nodeClass.kubelet?.get(field) && isSet(data, field));
    if (hidden.length === 0) return;
    const move = moveToKubelet(nodeClass, data, hidden);
    yield {
      at: data.written.keyAt,
      message: `${hidden.join(', ')} is set here only: Karpenter plans pods as if it were not; set it in spec.kubelet`,
      ...(move && { fixes: [move] }),
    };
  },
};

const reservations = ['systemReserved', 'kubeReserved', 'evictionHard', 'podsPerCore'];

function isSet({ nodeConfigs, scripts, written, family }: UserData, field: string): boolean {
  const dashed = field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  if (family === 'Bottlerocket') return new RegExp(`^\\[settings\\.kubernetes\\.${dashed}\\]`, 'm').test(written.value);
  if (family === 'Custom') return false;
  return (
    nodeConfigs.some((config) => find(config, ['spec', 'kubelet', 'config', field])) ||
    scripts.some((script) => script.includes(`--${dashed}=`))
  );
}
