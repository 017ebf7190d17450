import type { Rule } from '../../src/lint/rule.ts';

export const amiIdOneArch: Rule<'NodePool', { amiArch: Readonly<Record<string, string>> }> = {
  id: 'ami-id-one-arch',
  code: 'PP715',
  on: 'NodePool',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off' },
  parameters: { amiArch: { default: {}, says: 'Architecture (amd64 or arm64) by image id.' } },
  summary: 'one image for two architectures',
  why: 'An image has one architecture. Types of the other one get no launch template, but the scheduler may still choose them: those pods wait.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: kubernetes.io/arch, operator: In, values: [amd64, arm64] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ id: ami-0b2f6494ff0b07a0e }]
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: c }
          requirements: [{ key: kubernetes.io/arch, operator: In, values: [arm64] }]
    ---
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    metadata: { name: c }
    spec:
      amiSelectorTerms: [{ id: ami-0b2f6494ff0b07a0e }]
  `,

  *check(pool, { context }, { amiArch }) {
    const terms = context.classOf(pool)?.amiSelectorTerms?.items ?? [];
    const arch = pool.template.requirements?.items.find(
      ({ key, operator }) => key?.value === 'kubernetes.io/arch' && operator?.value === 'In',
    );
    const asked = arch?.values?.items.map(({ value }) => value) ?? [];
    if (
      !arch?.values ||
      !asked.includes('amd64') ||
      !asked.includes('arm64') ||
      terms.length === 0 ||
      !terms.every(({ id }) => id)
    )
      return;
    const archs = new Set(terms.map(({ id }) => amiArch[id?.value ?? '']));
    const isOne = terms.length === 1 || (archs.size === 1 && !archs.has(undefined));
    if (!isOne) return;
    yield {
      at: arch.values.at,
      message: `the pool asks for amd64 and arm64, and its class names ${terms.length === 1 ? 'one image' : `images of ${[...archs].join()} only`}: types of the other architecture cannot start`,
      related: terms.slice(0, 1).flatMap(({ id }) => (id ? [{ at: id.at, message: 'the image' }] : [])),
      ...(terms.length === 1 && amiArch[terms[0]?.id?.value ?? ''] === undefined && { severity: 'info' as const }),
    };
  },
};
