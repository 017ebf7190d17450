import { type Taint, untolerated } from '../../src/algebra/taints.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import { acceleratorsOf } from '../../src/catalog/accelerators.ts';
import { isAccelerated, someTypes } from '../../src/context/pool-types.ts';
import { selects, taintsOf, toleratesPool, type Workload, workloadKinds } from '../../src/context/workloads.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import type { NodePool } from '../../src/model/node-pool.ts';

export const taintDaemonsetNotTolerated: Rule<'Manifest', { requiredDaemonSets: readonly string[] }> = {
  id: 'taint-daemonset-not-tolerated',
  code: 'PP610',
  on: 'Manifest',
  kinds: workloadKinds,
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['workloads', 'catalog'],
  parameters: {
    requiredDaemonSets: { default: [], says: 'Names of further DaemonSets that every node needs, such as log agents.' },
  },
  summary: 'a DaemonSet that a pool needs and its taint keeps away',
  why: 'Without its network plugin a node never becomes Ready. Without its device plugin a GPU node never reports GPUs: Karpenter never counts it as initialized, so it is never consolidated either.',
  docs: 'https://karpenter.sh/docs/troubleshooting/',
  bad: `
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: { name: nvidia-device-plugin-daemonset, namespace: kube-system }
    spec:
      template: { spec: { containers: [] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g5] }]
  `,
  good: `
    apiVersion: apps/v1
    kind: DaemonSet
    metadata: { name: nvidia-device-plugin-daemonset, namespace: kube-system }
    spec:
      template: { spec: { tolerations: [{ key: nvidia.com/gpu, operator: Exists }], containers: [] } }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g5] }]
  `,

  *check(object, world, { requiredDaemonSets }) {
    const workload = object.kind === 'DaemonSet' ? world.workloadOf(object) : undefined;
    const role = workload && roleOf(object.name ?? '', requiredDaemonSets);
    if (!workload || !role) return;
    const wellKnown = wellKnownLabels(world.target.karpenterMinor);
    for (const pool of world.context.nodePools) {
      if (toleratesPool(workload, pool) !== false || selects(workload, world.requirements(pool), wellKnown) !== true) continue;
      const [taint] = untolerated(taintsOf(pool).filter(isRepelling), workload.spec.tolerations);
      if (!taint || !isNeeded(role, pool, workload, world)) continue;
      yield {
        at: workload.node.keyAt,
        severity: role.says === 'network plugin' || role.device ? 'error' : 'warning',
        message: `the ${role.says} "${object.name}" does not tolerate ${taint.key}${taint.value ? `=${taint.value}` : ''}:${taint.effect} of pool "${pool.name?.value ?? ''}", whose nodes need it`,
        related: [{ at: pool.template.taints?.keyAt ?? pool.keyAt, message: 'the taint' }],
      };
    }
  },
};

interface Role {
  readonly says: string;
  /** The resource that it reports, for a device plugin. */
  readonly device?: string;
}

const roles: readonly (readonly [RegExp, Role])[] = [
  [/^(?:nvidia-device-plugin|nvdp-)/, { says: 'device plugin', device: 'nvidia.com/gpu' }],
  [/^neuron-device-plugin/, { says: 'device plugin', device: 'aws.amazon.com/neuron' }],
  [/^(?:aws-node|cilium|calico-node)$/, { says: 'network plugin' }],
  [/^kube-proxy$/, { says: 'proxy' }],
  [/^(?:ebs|efs)-csi-node$/, { says: 'storage driver' }],
];

function roleOf(name: string, required: readonly string[]): Role | undefined {
  if (required.includes(name)) return { says: 'agent' };
  return roles.find(([pattern]) => pattern.test(name))?.[1];
}

function isRepelling({ effect }: Taint): boolean {
  return effect === 'NoSchedule' || effect === 'NoExecute';
}

/** A device plugin is needed where the pool is one for accelerators and some type has the device, unless the image brings one or another plugin gets there. */
function isNeeded({ device }: Role, pool: NodePool, workload: Workload, { instances, workloads }: World): boolean {
  if (device === undefined) return true;
  const set = instances(pool);
  if (device === 'nvidia.com/gpu' && set.nodeClass?.facts.amiFamily === 'Bottlerocket') return false;
  const stands = workloads.some(
    (other) =>
      other !== workload &&
      other.object.kind === 'DaemonSet' &&
      roleOf(other.object.name ?? '', [])?.device === device &&
      toleratesPool(other, pool) !== false,
  );
  return !stands && isAccelerated(set) && someTypes(set).some((info) => acceleratorsOf(info).includes(device));
}
