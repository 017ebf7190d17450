import type { Rule } from '../../src/lint/rule.ts';

export const amiIdPlaceholder: Rule<'EC2NodeClass'> = {
  id: 'ami-id-placeholder',
  code: 'PP714',
  on: 'EC2NodeClass',
  effect: 'inert',
  severity: 'warning',
  profiles: { minimal: 'off' },
  summary: 'an image id that nobody has',
  why: 'The API takes anything after "ami-". EC2 does not: the class has no image, or a launch fails with InvalidAMIID.',
  docs: 'https://karpenter.sh/docs/concepts/nodeclasses/#specamiselectorterms',
  bad: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ id: ami-xxxx }]
  `,
  good: `
    apiVersion: karpenter.k8s.aws/v1
    kind: EC2NodeClass
    spec:
      amiSelectorTerms: [{ id: ami-0b2f6494ff0b07a0e }]
  `,
  cel: `
    variables.amiSelectorTerms.all(
      t,
      !has(t.id)
        || !t.id.startsWith('ami-')
        || (
          t.id.matches('^ami-([0-9a-f]{8}|[0-9a-f]{17})$')
            && !t.id.matches('^ami-(0?123456789?|0?abcdef1234567890|0123456789abcdef0?|0{8}|1{8}|2{8}|3{8}|4{8}|5{8}|6{8}|7{8}|8{8}|9{8}|a{8}|b{8}|c{8}|d{8}|e{8}|f{8})')
        )
    )
  `,

  *check({ amiSelectorTerms }) {
    for (const { id } of amiSelectorTerms ?? []) {
      if (!id?.value.startsWith('ami-')) continue;
      if (!/^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(id.value))
        yield { at: id.at, message: `"${id.value}" is no image id: eight or seventeen hexadecimal digits follow "ami-"` };
      else if (placeholders.test(id.value)) yield { at: id.at, message: `"${id.value}" looks like the example of a manual` };
    }
  },
};

/** Runs of digits that documentation uses. */
const placeholders = /^ami-(?:0?123456789?|0?abcdef1234567890|0123456789abcdef0?|(.)\1{7})/;
