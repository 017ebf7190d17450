import { toNano } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const limitsOverQuota: Rule<'Context', { vcpuQuota: number }> = {
  id: 'limits-over-quota',
  code: 'PP512',
  on: 'Context',
  effect: 'advice',
  severity: 'off',
  parameters: { vcpuQuota: { default: 0, says: 'vCPUs that the account may run; 0 is not known.' } },
  summary: 'limits that add up to more than the account may run',
  why: 'The quota then is the real limit, and all pools share it: the one that grows first leaves the others with VcpuLimitExceeded.',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html#ec2-on-demand-instances-limits',
  bad: `
    # parameters: {"vcpuQuota": 500}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { limits: { cpu: "1000" } }
  `,
  good: `
    # parameters: {"vcpuQuota": 2000}
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec: { limits: { cpu: "1000" } }
  `,

  *check({ nodePools }, _world, { vcpuQuota }) {
    const limits = nodePools.flatMap(({ limits }) => limits?.get('cpu') ?? []);
    const sum = limits.reduce((total, { value }) => total + coresOf(value), 0);
    const last = limits.at(-1);
    if (!last || vcpuQuota <= 0 || sum <= vcpuQuota) return;
    yield {
      at: last.at,
      message: `the cpu limits of ${limits.length} ${limits.length === 1 ? 'pool' : 'pools'} add up to ${sum}, and the account may run ${vcpuQuota} vCPUs`,
    };
  },
};

function coresOf(written: string | number): number {
  const quantity = parseQuantity(String(written));
  return isQuantityFault(quantity) ? 0 : Number(toNano(quantity.amount)) / 1e9;
}
