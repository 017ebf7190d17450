import type { Rule } from '../../src/lint/rule.ts';

export const imdsHopLimitHigh: Rule<'EC2NodeClass', { max: number; allowClasses: readonly string[] }> = {
  id: 'imds-hop-limit-high',
  code: 'PP902',
  on: 'EC2NodeClass',
  effect: 'risk',
  severity: 'warning',
  profiles: { minimal: 'off', production: ['warning', { max: 1 }], security: ['error', { max: 1 }] },
  parameters: {
    max: { default: 2, says: 'Highest httpPutResponseHopLimit that is accepted.' },
    allowClasses: { default: [], says: 'Names of node classes whose pods need the instance metadata service.' },
  },
  fix: 'drifts',
  summary: 'an IMDS hop limit that lets ordinary pods fetch the node role',
  why: 'Each hop beyond the first reaches one network namespace further: from 2 on any pod can ask the instance metadata service for the credentials of the node role.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      metadataOptions: { httpPutResponseHopLimit: 3 }
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      metadataOptions: { httpPutResponseHopLimit: 1 }
  `,
  cel: `
    !has(variables.metadataOptions.httpPutResponseHopLimit)
    || variables.metadataOptions.httpPutResponseHopLimit <= params.max
    || object.metadata.name in params.allowClasses
  `,

  *check({ metadataOptions, name }, _world, { max, allowClasses }) {
    const limit = metadataOptions?.httpPutResponseHopLimit;
    if (!limit || limit.value <= max || allowClasses.includes(name?.value ?? '')) return;
    yield {
      at: limit.at,
      message: `hop limit ${limit.value} lets pods reach the instance metadata service and the node role's credentials; at most ${max} is accepted`,
      evidence: { kind: 'figures', of: { limit: limit.value, max } },
      fixes: [{ title: 'set the hop limit to 1', safety: 'drifts', ops: [{ op: 'set', at: limit.at, value: 1 }] }],
    };
  },
};
