import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { KubernetesObject } from '../../src/document/document.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { claimed } from './routing.ts';
import { spotAt } from './spot.ts';

export const apiVersionRemoved: Rule<'Object'> = {
  id: 'api-version-removed',
  code: 'PP101',
  on: 'Object',
  effect: 'rejected',
  severity: 'error',
  summary: 'a kind or API version that this Karpenter no longer serves',
  why: 'The API server has no such resource and answers 404. A GitOps sync that carries one object of it stops there, and everything after it stays as it was.',
  docs: 'https://karpenter.sh/docs/upgrading/upgrade-guide/',
  bad: `
    apiVersion: karpenter.sh/v1beta1
    kind: NodePool
    metadata: { name: general }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
  `,

  *check(judged, { target }) {
    const { object } = judged;
    for (const { path } of claimed(judged, 'api-version-removed')) yield { at: spotAt(object.node, path), message: gone(object) };
    if (judged.schema && object.apiVersion.endsWith('/v1beta1') && object.kind !== 'CapacityBuffer')
      yield lastCall(object, target.karpenterMinor);
  },
};

function gone({ apiVersion, kind }: KubernetesObject): string {
  switch (kind) {
    case 'Provisioner':
      return 'Provisioner ended with Karpenter 0.33: write a NodePool of karpenter.sh/v1';
    case 'AWSNodeTemplate':
      return 'AWSNodeTemplate ended with Karpenter 0.33: write an EC2NodeClass of karpenter.k8s.aws/v1';
    case 'Machine':
      return 'Machine ended with Karpenter 0.33: NodeClaims took its place, and Karpenter makes them itself';
    default:
      return apiVersion.endsWith('/v1beta1')
        ? `${kind} of ${apiVersion} was served up to Karpenter 1.0: it is ${apiVersion.replace('v1beta1', 'v1')} now`
        : `no Karpenter since 1.0 serves ${kind} of ${apiVersion}`;
  }
}

function lastCall({ apiVersion, kind, node }: KubernetesObject, minor: string): Finding {
  return {
    at: spotAt(node, ['apiVersion']),
    severity: 'warning',
    effect: 'risk',
    message: `Karpenter ${minor} is the last that serves ${kind} of ${apiVersion}: convert it to v1 before 1.1`,
  };
}
