import { podNetwork } from '../../src/context/pod-network.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { child, integer } from '../../src/model/decode.ts';
import { reservedEnis } from './reserved-enis.ts';

export const netCustomNetworkingReservedEni: Rule<'ChartValues'> = {
  id: 'net-custom-networking-reserved-eni',
  code: 'PP1112',
  on: 'ChartValues',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  fix: 'safe',
  summary: 'custom networking whose interface nobody takes off',
  why: 'With custom networking the first interface of a node carries no pods. Karpenter counts it unless reservedENIs says 1: it thinks that more pods fit, and the last ones hang with FailedCreatePodSandBox.',
  docs: 'https://karpenter.sh/docs/reference/settings/',
  bad: `
    # settings: {"cni": {"customNetworking": true}}
    settings: { clusterName: shop }
  `,
  good: `
    # settings: {"cni": {"customNetworking": true}}
    settings: { clusterName: shop, reservedENIs: "1" }
  `,

  *check({ settings }, { context, settings: shared, workloads }) {
    const network = podNetwork(shared, workloads);
    const [eniConfig] = context.ofKind('ENIConfig');
    if (!settings || network.customNetworking === false || !(network.customNetworking || eniConfig)) return;
    // With prefixes and a count of their own, interfaces no longer bound the pods.
    const isBounded = context.nodeClasses.length > 0 && context.nodeClasses.every(({ kubelet }) => integer(kubelet, 'maxPods'));
    const reserved = reservedEnis(settings);
    if ((network.prefixDelegation && isBounded) || reserved !== 0) return;
    const written = child(settings, 'reservedENIs');
    const ops = written
      ? [{ op: 'set' as const, at: written.at, value: '1' }]
      : [{ op: 'insert' as const, at: settings.at, key: 'reservedENIs', value: '1' }];
    yield {
      at: written?.at ?? settings.keyAt,
      message: `pods live in subnets of their own, and reservedENIs is ${written ? '0' : 'not set'}: one interface per node too many is counted for pods`,
      fixes: [{ title: 'set reservedENIs to 1', safety: 'safe', ops }],
      ...(eniConfig && { related: [{ at: eniConfig.node.keyAt, message: 'custom networking' }] }),
    };
  },
};
