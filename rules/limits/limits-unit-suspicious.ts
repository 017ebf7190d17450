import { toNano } from '../../src/algebra/quantity.ts';
import { isQuantityFault, parseQuantity } from '../../src/algebra/quantity-text.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const limitsUnitSuspicious: Rule<'NodePool', { leastRatio: number; mostRatio: number }> = {
  id: 'limits-unit-suspicious',
  code: 'PP508',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: {
    leastRatio: { default: 1, says: 'Least GiB of memory per core that is accepted.' },
    mostRatio: { default: 32, says: 'Most GiB of memory per core that is accepted.' },
  },
  summary: 'a limit in a unit that nobody means',
  why: 'Memory without a unit is bytes, and cpu in thousandths is less than a node has: such a limit stops the pool at its first node, or never.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "100", memory: "1000" }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "100", memory: 1000Gi }
  `,
  cel: `
    (
      !('memory' in variables.limits)
        || !isQuantity(string(variables.limits.memory))
        || (
          !string(variables.limits.memory).matches('[mGMT]$')
            && (
              quantity(string(variables.limits.memory)).asApproximateFloat() <= 0.0
                || quantity(string(variables.limits.memory)).asApproximateFloat() >= 536870912.0
            )
        )
    )
    && (!('cpu' in variables.limits) || !string(variables.limits.cpu).matches('[0-9][num]$'))
    && (
      !('memory' in variables.limits)
        || !('cpu' in variables.limits)
        || !isQuantity(string(variables.limits.memory))
        || !isQuantity(string(variables.limits.cpu))
        || quantity(string(variables.limits.cpu)).asApproximateFloat() <= 0.0
        || [quantity(string(variables.limits.memory)).asApproximateFloat() / quantity(string(variables.limits.cpu)).asApproximateFloat() / 1073741824.0].all(
          ratio, ratio >= params.leastRatio && ratio <= params.mostRatio
        )
    )
  `,

  *check({ limits }, _world, { leastRatio, mostRatio }) {
    const memory = limits?.get('memory');
    const cpu = limits?.get('cpu');
    const written = memory && suspiciousMemory(String(memory.value));
    if (memory && written) yield { at: memory.at, message: `memory "${memory.value}" ${written}` };
    if (cpu && /\d[num]$/.test(String(cpu.value)))
      yield { at: cpu.at, message: `cpu "${cpu.value}" is a fraction of a core: no node fits under it` };
    if (!memory || !cpu || written || /\d[num]$/.test(String(cpu.value))) return;
    const ratio = gibPerCore(String(memory.value), String(cpu.value));
    if (ratio === undefined || (ratio >= leastRatio && ratio <= mostRatio)) return;
    yield {
      at: memory.at,
      message: `memory ${memory.value} over cpu ${cpu.value} is ${ratio.toPrecision(2)} GiB per core; instance types have 2 to 32: one of the two limits never counts`,
      evidence: { kind: 'figures', of: { 'GiB per core': Number(ratio.toPrecision(3)) } },
    };
  },
};

const GIB = 2 ** 30;

function suspiciousMemory(text: string): string | undefined {
  const quantity = parseQuantity(text);
  if (isQuantityFault(quantity)) return undefined;
  const bytes = Number(toNano(quantity.amount)) / 1e9;
  if (/m$/.test(text)) return 'is in thousandths of a byte';
  if (/[GMT]$/.test(text)) return `is in decimal units; nodes report memory in binary ones (${text}i)`;
  return bytes > 0 && bytes < GIB / 2 ? `is ${bytes} bytes: less than the smallest node has` : undefined;
}

function gibPerCore(memory: string, cpu: string): number | undefined {
  const bytes = parseQuantity(memory);
  const cores = parseQuantity(cpu);
  if (isQuantityFault(bytes) || isQuantityFault(cores)) return undefined;
  const divisor = Number(toNano(cores.amount));
  return divisor > 0 ? Number(toNano(bytes.amount)) / divisor / GIB : undefined;
}
