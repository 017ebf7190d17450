import { nearestWords } from '../../src/algebra/nearest-word.ts';
import { atLeast } from '../../src/algebra/version.ts';
import type { MapNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { map } from '../../src/model/decode.ts';

export const limitsUnknownResource: Rule<'NodePool', { extraResources: readonly string[] }> = {
  id: 'limits-unknown-resource',
  code: 'PP503',
  on: 'NodePool',
  effect: 'inert',
  severity: 'error',
  profiles: { minimal: 'off' },
  parameters: { extraResources: { default: [], says: 'Resources that device plugins or overlays add to the nodes.' } },
  fix: 'safe',
  summary: 'a limit on a resource that no node reports',
  why: 'The key is accepted and never counts: the pool grows as if the limit were not there.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { gpu: "8" }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { nvidia.com/gpu: "8" }
  `,

  *check({ limits }, { target, context }, { extraResources }) {
    const overlaid = context.ofKind('NodeOverlay').flatMap(({ node }) => capacityNames(node));
    for (const { key } of limits ?? []) {
      if (key.value === 'nodes' ? atLeast(target.karpenterMinor, '1.8') : resources.has(key.value)) continue;
      if (extraResources.includes(key.value) || overlaid.includes(key.value)) continue;
      const meant =
        key.value === 'nodes' ? undefined : (aliases.get(key.value.toLowerCase()) ?? nearestWords(key.value, resources)[0]);
      const hint = meant === undefined ? '' : `; did you mean "${meant}"?`;
      const since = key.value === 'nodes' ? ' before Karpenter 1.8' : '';
      yield {
        at: key.at,
        message: `no instance type reports "${key.value}"${since}: this limit never counts${hint}`,
        ...(meant !== undefined && {
          fixes: [
            { title: `limit "${meant}"`, safety: 'safe' as const, ops: [{ op: 'rename' as const, at: key.at, key: meant }] },
          ],
        }),
      };
    }
  },
};

/** What Karpenter's AWS provider gives an instance type as capacity. */
const resources: ReadonlySet<string> = new Set([
  'cpu',
  'memory',
  'ephemeral-storage',
  'pods',
  'nvidia.com/gpu',
  'amd.com/gpu',
  'aws.amazon.com/neuron',
  'aws.amazon.com/neuroncore',
  'habana.ai/gaudi',
  'vpc.amazonaws.com/pod-eni',
  'vpc.amazonaws.com/efa',
  'vpc.amazonaws.com/PrivateIPv4Address',
]);

const aliases: ReadonlyMap<string, string> = new Map([
  ['gpu', 'nvidia.com/gpu'],
  ['gpus', 'nvidia.com/gpu'],
  ['nvidia/gpu', 'nvidia.com/gpu'],
  ['nvidia.com/gpus', 'nvidia.com/gpu'],
  ['instances', 'nodes'],
  ['node', 'nodes'],
  ['cpus', 'cpu'],
  ['vcpu', 'cpu'],
  ['mem', 'memory'],
]);

function capacityNames(overlay: MapNode): readonly string[] {
  return (map(map(overlay, 'spec'), 'capacity')?.entries ?? []).map(({ key }) => String(key.value));
}
