import { find, toPlain } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import { moveToKubelet } from './move-to-kubelet.ts';
import { type UserData, userDataOf } from './user-data.ts';

export const userdataOverriddenByKarpenter: Rule<'EC2NodeClass'> = {
  id: 'userdata-overridden-by-karpenter',
  code: 'PP805',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'drifts',
  summary: 'settings in user data that Karpenter overrules',
  why: "Karpenter's own part is merged last and wins: what is written here never takes effect.",
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
              maxPods: 110
  `,
  good: `
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
              shutdownGracePeriod: 30s
  `,

  *check(nodeClass) {
    const data = userDataOf(nodeClass);
    if (!data) return;
    const overruled =
      data.family === 'AL2023'
        ? nodeConfigFields(data, fieldsOf(nodeClass))
        : data.family === 'Bottlerocket'
          ? tomlFields(data.written.value)
          : [];
    if (overruled.length === 0) return;
    const move = moveToKubelet(nodeClass, data, ['maxPods', 'clusterDNS', ...fieldsOf(nodeClass)]);
    yield {
      at: data.written.keyAt,
      message: `Karpenter sets ${overruled.join(', ')} itself: what the user data says of it has no effect`,
      evidence: { kind: 'sets', of: { overruled } },
      ...(move && { fixes: [move] }),
    };
  },
};

function fieldsOf({ kubelet }: EC2NodeClass): readonly string[] {
  return (kubelet?.entries ?? []).map(({ key }) => String(key.value));
}

function nodeConfigFields({ nodeConfigs }: UserData, own: readonly string[]): readonly string[] {
  const fields = ['maxPods', 'clusterDNS', 'registerWithTaints', ...own].map((field) => ['spec', 'kubelet', 'config', field]);
  const cluster = ['name', 'apiServerEndpoint', 'certificateAuthority', 'cidr'].map((field) => ['spec', 'cluster', field]);
  const written = [...cluster, ...fields].filter((path) => nodeConfigs.some((config) => find(config, path)));
  const flags = nodeConfigs.flatMap((config) => {
    const list = find(config, ['spec', 'kubelet', 'flags']);
    return list ? (toPlain(list) ?? []) : [];
  });
  const labels = flags.some((flag) => String(flag).startsWith('--node-labels')) ? ['--node-labels'] : [];
  return [...new Set([...written.map((path) => path.join('.')), ...labels])];
}

function tomlFields(toml: string): readonly string[] {
  const section = /^\[settings\.kubernetes\]\s*$([\s\S]*?)(?=^\[|(?![\s\S]))/m.exec(toml)?.[1] ?? '';
  const names = ['cluster-name', 'api-server', 'cluster-certificate'].filter((name) =>
    new RegExp(`^\\s*"?${name}"?\\s*=`, 'm').test(section),
  );
  return [...names, ...(/^\[settings\.kubernetes\.node-taints\]/m.test(toml) ? ['node-taints'] : [])];
}
