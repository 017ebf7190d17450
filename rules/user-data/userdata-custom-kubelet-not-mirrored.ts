import type { Rule } from '../../src/lint/rule.ts';

export const userdataCustomKubeletNotMirrored: Rule<'EC2NodeClass'> = {
  id: 'userdata-custom-kubelet-not-mirrored',
  code: 'PP808',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'kubelet settings that a custom image does not get',
  why: 'Karpenter plans with them and does not apply them: the node has another kubelet than the one that pods were packed for.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specuserdata',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Custom
      kubelet: { maxPods: 50 }
      userData: "karpenter.sh/unregistered"
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiFamily: Custom
      kubelet: { maxPods: 50 }
      userData: "--max-pods=50 --register-with-taints=karpenter.sh/unregistered=:NoExecute"
  `,

  *check({ amiFamily, kubelet, userData }) {
    if (amiFamily?.value !== 'Custom' || !kubelet || kubelet.entries.length === 0) return;
    const text = userData?.value ?? '';
    const missing = kubelet.entries
      .map(({ key }) => String(key.value))
      .filter(
        (field) => !text.includes(field) && !text.includes(field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)),
      );
    if (missing.length > 0)
      yield {
        at: kubelet.keyAt,
        message: `${missing.join(', ')}: used for packing, but a Custom class must set it on the node itself, and its user data does not mention it`,
      };
  },
};
