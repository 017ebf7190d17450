import type { KubernetesObject } from '../../src/document/document.ts';
import { groupOf } from '../../src/document/objects.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { map, text } from '../../src/model/decode.ts';
import type { Located } from '../../src/text/place.ts';

export const amiPinSurvivesUpgrade: Rule<'Change'> = {
  id: 'ami-pin-survives-upgrade',
  code: 'PP704',
  on: 'Change',
  effect: 'advice',
  severity: 'info',
  profiles: { minimal: 'off' },
  needs: ['before'],
  summary: 'an upgrade of Kubernetes under a pinned alias',
  why: 'A pinned alias is still looked up for the Kubernetes version of the control plane. With the upgrade it means other images: nodes drift, or the version was never published for the new minor and the class is not Ready.',
  docs: 'https://karpenter.sh/docs/tasks/managing-amis/',
  bad: `
    # before: cluster.yaml
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: { name: shop, version: "1.33" }
    # file: cluster.yaml
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: { name: shop, version: "1.34" }
    # file: class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec: { amiSelectorTerms: [{ alias: al2023@v20260915 }] }
  `,
  good: `
    # before: cluster.yaml
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: { name: shop, version: "1.33" }
    # file: cluster.yaml
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: { name: shop, version: "1.34" }
    # file: class.yaml
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec: { amiSelectorTerms: [{ id: ami-0b2f6494ff0b07a0e }] }
  `,

  *check({ before, after }, { context }) {
    const now = after && versionIn(after);
    const former = versionIn(before);
    if (!now || !former || !(minorOf(now.value) > minorOf(former.value))) return;
    const pins = context.nodeClasses.flatMap(
      ({ amiSelectorTerms }) => amiSelectorTerms?.items.flatMap(({ alias }) => alias ?? []) ?? [],
    );
    const pinned = pins.filter(({ value }) => !value.endsWith('@latest'));
    const [first] = pinned;
    if (!first) return;
    yield {
      at: now.at,
      message: `Kubernetes goes from ${former.value} to ${now.value}, and "${first.value}" then means the images of ${now.value}: the nodes of ${pinned.length === 1 ? 'its class' : `${pinned.length} classes`} drift with the upgrade`,
      related: pinned.map(({ at }) => ({ at, message: 'a pinned alias' })),
    };
  },
};

/** The Kubernetes version of a cluster, as eksctl and Cluster API write it. */
function versionIn({ apiVersion, kind, node }: KubernetesObject): Located<string> | undefined {
  if (groupOf(apiVersion) === 'eksctl.io' && kind === 'ClusterConfig') return text(map(node, 'metadata'), 'version');
  if (groupOf(apiVersion) === 'controlplane.cluster.x-k8s.io') return text(map(node, 'spec'), 'version');
  return undefined;
}

function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? Number.NaN);
}
