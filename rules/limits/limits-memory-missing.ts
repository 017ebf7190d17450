import { wholeOf } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const limitsMemoryMissing: Rule<'NodePool', { ratio: number }> = {
  id: 'limits-memory-missing',
  code: 'PP502',
  on: 'NodePool',
  effect: 'risk',
  severity: 'off',
  profiles: { production: 'info' },
  parameters: { ratio: { default: 8, says: 'GiB of memory per cpu that the fix writes.' } },
  fix: 'unsafe',
  summary: 'a limit on cpu and none on memory',
  why: 'Memory-heavy instance types cost two to eight times the memory for the same cpu: a pool that is capped by cpu alone can spend far more than its author expects.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "100" }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "100", memory: 800Gi }
  `,
  cel: `
    !('cpu' in variables.limits)
    || 'memory' in variables.limits
    || 'nodes' in variables.limits
    || !isQuantity(string(variables.limits.cpu))
  `,

  *check({ limits }, _world, { ratio }) {
    const cpu = limits?.get('cpu');
    if (!limits || !cpu || limits.has('memory') || limits.has('nodes')) return;
    const cores = parseQuantity(String(cpu.value));
    if (isQuantityFault(cores)) return;
    const memory = `${wholeOf(cores) * BigInt(ratio)}Gi`;
    yield {
      at: limits.keyAt,
      message: `cpu is limited to ${cpu.value} and memory not at all: the largest memory types fit under this cap`,
      fixes: [
        {
          title: `limit memory to ${memory} (${ratio} GiB per cpu)`,
          safety: 'unsafe',
          ops: [{ op: 'insert', at: limits.at, key: 'memory', value: memory }],
        },
      ],
    };
  },
};
