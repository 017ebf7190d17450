import type { Workload } from '../../src/context/workloads.ts';
import { find } from '../../src/document/node.ts';
import { hangsOnPlaceholder } from '../../src/document/placeholder.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { list, texts } from '../../src/model/decode.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';

export const imdsHopLimitBreaksWorkload: Rule<'EC2NodeClass'> = {
  id: 'imds-hop-limit-breaks-workload',
  code: 'PP903',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['workloads'],
  summary: 'a pod that reads instance metadata from one hop too far',
  why: 'With a hop limit of 1, the default since v1, only the host network reaches instance metadata. A controller that looks its VPC up there fails at start and crash-loops. Give it the values, or an identity of its own; a higher limit opens the node role to every pod.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { role: nodes }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c } } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: aws-load-balancer-controller, namespace: kube-system }
    spec:
      template: { spec: { containers: [{ name: controller, args: ["--cluster-name=shop"] }] } }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec: { role: nodes }
    ---
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template: { spec: { nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c } } }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: aws-load-balancer-controller, namespace: kube-system }
    spec:
      template:
        spec: { containers: [{ name: controller, args: ["--cluster-name=shop", "--aws-region=eu-west-1", "--aws-vpc-id=vpc-1"] }] }
  `,

  *check(nodeClass, world) {
    if (!isOneHop(nodeClass)) return;
    const pools = world.context.poolsOf(nodeClass);
    const limit = nodeClass.metadataOptions?.httpPutResponseHopLimit;
    for (const { workload, reason } of readersAmong(world.workloads, world.settings)) {
      if (!pools.some((pool) => world.canLand(workload, pool) === true)) continue;
      const { kind, name = '' } = workload.object;
      yield {
        at: limit?.at ?? (nodeClass.metadataOptions ?? nodeClass.spec ?? nodeClass).keyAt,
        message: `the hop limit is ${limit ? '1' : '1 by default'}, and ${kind} "${name}", which can land on this class's nodes, ${reason}`,
        related: [{ at: workload.object.node.keyAt, message: 'the workload' }],
      };
    }
  },
};

function isOneHop({ node, metadataOptions }: EC2NodeClass): boolean {
  const options = find(node, ['spec', 'metadataOptions']);
  if (options && hangsOnPlaceholder(options)) return false;
  return metadataOptions?.httpEndpoint?.value !== 'disabled' && (metadataOptions?.httpPutResponseHopLimit?.value ?? 1) === 1;
}

interface Reader {
  readonly workload: Workload;
  readonly reason: string;
}

/** Workloads that ask for instance metadata over the pod network: the same for every class. */
function readersAmong(workloads: readonly Workload[], settings: World['settings']): readonly Reader[] {
  const last = known.get(workloads);
  if (last?.settings === settings) return last.readers;
  const readers = workloads.flatMap((workload) => {
    const reason = workload.spec.hostNetwork ? undefined : whyItReads(workload, settings);
    return reason ? [{ workload, reason }] : [];
  });
  known.set(workloads, { settings, readers });
  return readers;
}

const known = new WeakMap<readonly Workload[], { readonly settings: World['settings']; readonly readers: readonly Reader[] }>();

function whyItReads({ object, node }: Workload, settings: World['settings']): string | undefined {
  const { imdsWorkloads } = settings as { readonly imdsWorkloads?: readonly string[] };
  if (imdsWorkloads?.includes(`${object.namespace ?? 'default'}/${object.name ?? ''}`))
    return 'is told to read instance metadata';
  if (object.kind !== 'Deployment' || !/aws-load-balancer-controller$/.test(object.name ?? '')) return undefined;
  const given = ['args', 'command'].flatMap((key) =>
    [...(list(node, 'containers', (container) => container) ?? [])].flatMap((container) => texts(container, key)?.items ?? []),
  );
  const isTold = given.some(({ value }) => /^--aws-vpc-(?:id|tags)\b/.test(value));
  return isTold ? undefined : 'has no --aws-vpc-id and looks the VPC up in instance metadata';
}
