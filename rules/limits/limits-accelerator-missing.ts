import { acceleratorsOf } from '../../src/catalog/accelerators.ts';
import { isAccelerated, someTypes } from '../../src/context/pool-types.ts';
import type { Rule } from '../../src/lint/rule.ts';

export const limitsAcceleratorMissing: Rule<'NodePool'> = {
  id: 'limits-accelerator-missing',
  code: 'PP504',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  needs: ['catalog'],
  summary: 'a pool of accelerators whose limits count none',
  why: 'What such nodes cost goes with their accelerators. Families differ widely in GPUs per vCPU, so a limit on cpu bounds the bill only loosely.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/#speclimits',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "512" }
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g5] }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      limits: { cpu: "512", nvidia.com/gpu: "16" }
      template:
        spec:
          requirements: [{ key: karpenter.k8s.aws/instance-family, operator: In, values: [g5] }]
  `,

  *check(pool, { instances }) {
    const { limits, replicas } = pool;
    // A count of nodes bounds their accelerators too.
    if (!limits || replicas || limits.has('nodes')) return;
    const set = instances(pool);
    if (!isAccelerated(set)) return;
    const resources = someTypes(set).map(acceleratorsOf);
    const limitsGpus = gpus.some((name) => limits.has(name));
    // Whoever limits the GPUs of one maker has thought of them: that a whole category has some of another is no mistake.
    const isCounted = (name: string): boolean => limits.has(name) || (limitsGpus && gpus.includes(name));
    const missing = [...new Set(resources.flatMap((names) => (names.some(isCounted) ? [] : (names[0] ?? []))))].sort();
    if (missing.length === 0) return;
    yield {
      at: limits.keyAt,
      message: `all ${resources.length} instance types of the pool carry accelerators, but the limits do not count ${missing.join(', ')}`,
      evidence: { kind: 'sets', of: { limited: limits.items.map(({ key }) => key.value), missing } },
    };
  },
};

const gpus = ['nvidia.com/gpu', 'amd.com/gpu'];
