import { editDistance } from '../../src/algebra/nearest-word.ts';
import { karpenterMinors, type Minor } from '../../src/algebra/version.ts';
import { wellKnownLabels } from '../../src/algebra/well-known.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import { find, ScalarNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Violation } from '../../src/model/schema/violation.ts';
import { conditionFinding } from '../schema/condition-finding.ts';
import { claimed } from '../schema/routing.ts';

export const reqUnknownKarpenterLabel: Rule<'Refused'> = {
  id: 'req-unknown-karpenter-label',
  code: 'PP201',
  on: 'Refused',
  effect: 'rejected',
  severity: 'error',
  fix: 'drifts',
  summary: "a label in one of Karpenter's own domains that it does not know",
  why: 'The domains karpenter.sh and karpenter.k8s.aws, and whatever ends in them, belong to Karpenter: the API refuses every label there that is not on its list, with a message that speaks of restricted domains and not of the typo.',
  docs: 'https://karpenter.sh/docs/concepts/scheduling/#well-known-labels',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements:
            - { key: karpenter.k8s.aws/instance-familly, operator: In, values: [m7i] }
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
            - { key: karpenter.k8s.aws/instance-family, operator: In, values: [m7i] }
  `,

  *check(judged, { target }) {
    for (const violation of claimed(judged, 'req-unknown-karpenter-label')) {
      if (violation.kind !== 'condition') continue;
      const node = find(judged.object.node, violation.path);
      const isRequirement = violation.path.at(-1) === 'key';
      const key = isRequirement && node instanceof ScalarNode ? String(node.value) : String(violation.path.at(-1));
      const finding = conditionFinding(judged, violation);
      yield {
        ...finding,
        ...worded(key, violation, target.karpenterMinor),
        ...(node && fixed(key, node, isRequirement, target.karpenterMinor)),
      };
    }
  },
};

function worded(key: string, { id }: Violation & { kind: 'condition' }, minor: Minor): Pick<Finding, 'message'> | undefined {
  if (id.endsWith('NO-NODEPOOL')) return undefined;
  if (key === 'karpenter.k8s.aws/instance-pods')
    return { message: `"${key}" is documented and yet refused by every Karpenter: no label says how many pods a type takes` };
  const since = karpenterMinors.find((candidate) => wellKnownLabels(candidate).has(key));
  if (since !== undefined) return { message: `"${key}" needs Karpenter >= ${since} (target is ${minor}) or is not allowed here` };
  const [near] = nearKeys(key, minor);
  return near === undefined ? undefined : { message: `Karpenter ${minor} knows no label "${key}"; did you mean "${near}"?` };
}

/** One known key within two letters: nobody meant another. */
function fixed(
  key: string,
  node: ScalarNode | NonNullable<ReturnType<typeof find>>,
  isRequirement: boolean,
  minor: Minor,
): Pick<Finding, 'fixes'> {
  const [near, ...others] = nearKeys(key, minor);
  if (near === undefined || others.length > 0) return {};
  return isRequirement
    ? { fixes: [{ title: `write ${near}`, safety: 'safe', ops: [{ op: 'set', at: node.at, value: near }] }] }
    : { fixes: [{ title: `rename it ${near}`, safety: 'drifts', ops: [{ op: 'rename', at: node.at, key: near }] }] };
}

function nearKeys(key: string, minor: Minor): readonly string[] {
  const known = [...wellKnownLabels(minor)].filter((candidate) => candidate !== 'karpenter.sh/nodepool');
  const isClose = ({ length }: string): boolean => Math.abs(length - key.length) <= 2;
  return known.filter((candidate) => candidate !== key && isClose(candidate) && editDistance(key, candidate, 2) <= 2);
}
