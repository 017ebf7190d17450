import type { Fix } from '../../src/diagnostic/diagnostic.ts';
import { find, type Node, ScalarNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { claimed } from './routing.ts';
import { spotOf } from './spot.ts';

export const apiYamlType: Rule<'Refused'> = {
  id: 'api-yaml-type',
  code: 'PP109',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  fix: 'safe',
  summary: 'quotes missing around a text, or put around a number',
  why: 'YAML makes a number of 10 and a boolean of true before anybody asks what the field wants. The API server then refuses the object and talks of types, not of quotes; a 12-digit account id with a leading zero even changes its value.',
  docs: 'https://yaml.org/spec/1.2.2/#103-core-schema',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/instance-generation, operator: Gt, values: [5] }
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/instance-generation, operator: Gt, values: ["5"] }
  `,

  *check(judged) {
    for (const violation of claimed(judged, 'api-yaml-type')) {
      const node = find(judged.object.node, violation.path);
      if (violation.kind !== 'type' || !(node instanceof ScalarNode)) continue;
      const isText = violation.expected.includes('string');
      const written = typeof node.value === 'string' ? JSON.stringify(node.value) : sourceOf(node);
      yield {
        at: spotOf(node),
        message: isText
          ? `${written} is ${kindOf(node)} here and must be a text: put it in quotes`
          : `${written} is a text here and must be ${violation.expected.includes('boolean') ? 'true or false' : 'a number'}: take the quotes away`,
        fixes: [isText ? quoted(node) : unquoted(node)],
      };
    }
  },
};

function kindOf({ value }: ScalarNode): string {
  return typeof value === 'boolean' ? 'a boolean' : 'a number';
}

/** As it stands in the text: `012345678901` is not the number that YAML makes of it. */
function sourceOf(node: ScalarNode): string {
  return node.source === '' ? String(node.value) : node.source;
}

function quoted(node: ScalarNode): Fix {
  return { title: `write "${sourceOf(node)}"`, safety: 'safe', ops: [{ op: 'set', at: node.at, value: sourceOf(node) }] };
}

function unquoted(node: Node & ScalarNode): Fix {
  const value = node.value === 'true' || node.value === 'false' ? node.value === 'true' : Number(node.value);
  return { title: `write ${value}`, safety: 'safe', ops: [{ op: 'set', at: node.at, value }] };
}
