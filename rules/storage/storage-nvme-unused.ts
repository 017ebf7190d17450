import { acceleratorsOf } from '../../src/catalog/accelerators.ts';
import type { Context } from '../../src/context/context.ts';
import { holdsOfAll, someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { text } from '../../src/model/decode.ts';
import type { NodePool } from '../../src/model/node-pool.ts';
import type { Place } from '../../src/text/place.ts';
import { requirementsPlace } from '../requirements/pool-places.ts';

export const storageNvmeUnused: Rule<'NodePool'> = {
  id: 'storage-nvme-unused',
  code: 'PP1010',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  fix: 'drifts',
  summary: 'types chosen for their local disks, which nobody mounts',
  why: 'An instance store is raw until somebody sets it up. Without instanceStorePolicy pods live on the EBS volume as ever: the disks are paid for, and pods that ask for much ephemeral storage fit nowhere.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specinstancestorepolicy',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-local-nvme, operator: Gt, values: ["100"] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: karpenter.k8s.aws/instance-local-nvme, operator: Gt, values: ["100"] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ alias: al2023@v20260915 }]
      instanceStorePolicy: RAID0
  `,

  *check(pool, world) {
    const nodeClass = world.context.classOf(pool);
    const facts = nodeClass && world.instances(pool).nodeClass;
    if (!facts || facts.unknown.has('instanceStorePolicy') || facts.facts.instanceStorePolicy) return;
    if (setsUpDisks(nodeClass.userData?.value) || usesDisksItself(world.context)) return;
    const wanted = wantsDisks(pool, world);
    if (!wanted) return;
    yield {
      at: wanted.at,
      message: `${wanted.says}, but the class "${nodeClass.name?.value ?? ''}" has no instanceStorePolicy: the disks stay raw`,
      related: [{ at: nodeClass.spec?.keyAt ?? nodeClass.keyAt, message: 'the class' }],
      assumptions: ['nothing else on the nodes uses the disks'],
      ...(nodeClass.spec && {
        fixes: [
          {
            title: 'add instanceStorePolicy: RAID0 to the class',
            safety: 'drifts' as const,
            ops: [{ op: 'insert' as const, at: nodeClass.spec.at, key: 'instanceStorePolicy', value: 'RAID0' }],
          },
        ],
      }),
    };
  },
};

const LOCAL_NVME = 'karpenter.k8s.aws/instance-local-nvme';

function wantsDisks(
  pool: NodePool,
  { requirements, instances }: World,
): { readonly at: Place; readonly says: string } | undefined {
  const asked = requirements(pool)
    .of(LOCAL_NVME)
    .find(({ operator }) => ['In', 'Exists', 'Gt', 'Gte'].includes(operator));
  if (asked) return { at: asked.at, says: `the pool asks for ${LOCAL_NVME} ${asked.says}` };
  const set = instances(pool);
  // GPU types bring disks along; nobody chose them for these.
  if (!holdsOfAll(set, (info) => (info.nvmeGb ?? 0) > 0 && acceleratorsOf(info).length === 0)) return undefined;
  const types = someTypes(set);
  const gigabytes = types.map(({ nvmeGb = 0 }) => nvmeGb);
  const range = `${Math.min(...gigabytes)} to ${Math.max(...gigabytes)} GB`;
  return { at: requirementsPlace(pool), says: `all ${types.length} instance types of the pool have local disks (${range})` };
}

function setsUpDisks(userData: string | undefined): boolean {
  return userData !== undefined && /nvme|mdadm|raid|instance-?store|ephemeral-storage|localstorage|lvcreate|mkfs/i.test(userData);
}

/** A provisioner of local volumes takes the raw disks. */
function usesDisksItself(context: Context): boolean {
  return context.ofKind('StorageClass').some(({ node }) => {
    const provisioner = text(node, 'provisioner')?.value ?? '';
    return provisioner === 'kubernetes.io/no-provisioner' || /local|openebs|topolvm|lvm/.test(provisioner);
  });
}
