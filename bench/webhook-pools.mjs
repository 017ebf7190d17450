import { pool } from '../test/admission/hook.mjs';

const categories = [['c', 'm', 'r'], ['c', 'm'], ['m', 'r'], ['c']];
const capacityTypes = [['on-demand'], ['spot'], ['spot', 'on-demand']];

/**
 * One of many pools: names and limits are never the same twice, what is asked of nodes comes back as it does in a cluster. Nothing is
 * found in it, as in most of what reaches a cluster: a finding costs a line of the log.
 */
export function poolLike(number) {
  const at = Number(String(number).replace(/\D/g, '')) || 0;
  const requirements = [
    { key: 'karpenter.sh/capacity-type', operator: 'In', values: capacityTypes[at % 3] },
    { key: 'kubernetes.io/arch', operator: 'In', values: at % 2 === 0 ? ['amd64'] : ['amd64', 'arm64'] },
    { key: 'karpenter.k8s.aws/instance-category', operator: 'In', values: categories[at % 4] },
    { key: 'karpenter.k8s.aws/instance-generation', operator: 'Gt', values: [String(3 + (at % 3))] },
  ];
  return pool(`bench-${number}`, { limits: { cpu: String(1000 + at), memory: `${4 * (1000 + at)}Gi` }, node: { requirements } });
}
