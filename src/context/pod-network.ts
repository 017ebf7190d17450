import { find, MapNode, type Node, SeqNode } from '../document/node.ts';
import { flag, list, text } from '../model/decode.ts';
import { onceFor } from './once.ts';
import type { Workload } from './workloads.ts';

/** How pods get their addresses, as far as the configuration or the plugin's own objects say; undefined is not known. */
export interface PodNetwork {
  readonly plugin: string | undefined;
  /** Nodes get prefixes of 16 addresses instead of single ones. */
  readonly prefixDelegation: boolean | undefined;
  /** Pods live in subnets of their own, which costs each node an interface. */
  readonly customNetworking: boolean | undefined;
  /** Pods with security groups of their own. */
  readonly podEni: boolean | undefined;
}

/** What the configuration says wins over what is seen of the plugin. */
export function podNetwork(settings: Readonly<Record<string, unknown>>, workloads: readonly Workload[]): PodNetwork {
  const { cni } = settings;
  const { type, prefixDelegation, customNetworking } = (cni ?? {}) as Readonly<Record<string, unknown>>;
  const daemon = (name: string): Workload | undefined => onceFor(daemons, workloads, daemonsAmong).get(name);
  const aws = daemon('aws-node');
  const told = (value: unknown, variable: string): boolean | undefined =>
    typeof value === 'boolean' ? value : aws && switchedOn(aws, variable);
  const seen = aws ? 'amazon-vpc-cni' : daemon('cilium') ? 'cilium' : daemon('calico-node') ? 'calico' : undefined;
  return {
    plugin: typeof type === 'string' ? type : seen,
    prefixDelegation: told(prefixDelegation, 'ENABLE_PREFIX_DELEGATION'),
    customNetworking: told(customNetworking, 'AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG'),
    podEni: told(undefined, 'ENABLE_POD_ENI'),
  };
}

/** By name, the first of each. */
function daemonsAmong(workloads: readonly Workload[]): ReadonlyMap<string, Workload> {
  const found = workloads.filter(({ object }) => object.kind === 'DaemonSet').reverse();
  return new Map(found.map((workload) => [workload.object.name ?? '', workload]));
}

/** Every pool and class asks. */
const daemons = new WeakMap<readonly Workload[], ReadonlyMap<string, Workload>>();

/** An environment variable of the plugin, which takes them for false where they are not set. */
function switchedOn({ node }: Workload, variable: string): boolean | undefined {
  for (const container of list(node, 'containers', (item): Node => item) ?? []) {
    const variables = find(container, ['env']);
    for (const item of variables instanceof SeqNode ? variables.items : []) {
      if (text(item, 'name')?.value !== variable) continue;
      if (item instanceof MapNode && item.get('valueFrom')) return undefined;
      const value = text(item, 'value')?.value ?? flag(item, 'value')?.value;
      return value === undefined ? undefined : String(value) === 'true';
    }
  }
  return false;
}
