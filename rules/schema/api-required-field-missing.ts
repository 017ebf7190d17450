import type { Rule } from '../../src/lint/rule.ts';
import { dotted } from './dotted.ts';
import { claimed } from './routing.ts';
import { holderSpotAt } from './spot.ts';

export const apiRequiredFieldMissing: Rule<'Refused'> = {
  id: 'api-required-field-missing',
  code: 'PP105',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  summary: 'a field without which the API refuses the object',
  why: 'The API server refuses the whole object, usually after the merge, where the first to notice is the sync that stands still.',
  docs: 'https://karpenter.sh/docs/concepts/nodepools/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,

  *check(judged) {
    for (const violation of claimed(judged, 'api-required-field-missing')) {
      if (violation.kind !== 'required') continue;
      const { path, key } = violation;
      const where = path.length === 0 ? `the ${judged.object.kind}` : dotted(path);
      yield { at: holderSpotAt(judged.object.node, path, key), message: `${where} needs ${key}${told.get(key) ?? ''}` };
    }
  },
};

/** What to write, where the name of the field does not say it. */
const told: ReadonlyMap<string, string> = new Map([
  ['group', ': for EC2NodeClass it is karpenter.k8s.aws, without a version'],
  ['kind', ': EC2NodeClass'],
  ['requirements', '; an empty list is allowed'],
]);
