import type { JudgedObject } from '../../src/context/context.ts';
import type { Finding, Fix } from '../../src/diagnostic/diagnostic.ts';
import { find, type Node } from '../../src/document/node.ts';
import type { Violation } from '../../src/model/schema/violation.ts';
import type { Claimant } from './claimant.ts';
import { claimed } from './routing.ts';
import { keySpotAt, spotAt } from './spot.ts';

/** The conditions that one rule claims, in the words that they come with. */
export function* conditionFindings(judged: JudgedObject, rule: Claimant): Iterable<Finding> {
  for (const violation of claimed(judged, rule)) {
    if (violation.kind === 'condition') yield conditionFinding(judged, violation);
  }
}

export function conditionFinding(
  { object: { node: root } }: JudgedObject,
  violation: Violation & { kind: 'condition' },
): Finding {
  const { id, path, message, related } = violation;
  const fix = fixOf(id, find(root, path));
  return {
    at: keyed.has(id) ? keySpotAt(root, path) : spotAt(root, path),
    check: id,
    message,
    ...(related && { related: related.map((other) => ({ at: spotAt(root, other), message: 'together with this' })) }),
    ...(fix && { fixes: [fix] }),
  };
}

/** Conditions that object to a key, or to an entry as a whole, and not to its value. */
const keyed: ReadonlySet<string> = new Set([
  'LBL-AWS-DOMAIN',
  'LBL-K8S-DOMAIN',
  'LBL-K8SIO-DOMAIN',
  'LBL-KARPENTER-DOMAIN',
  'LBL-NO-HOSTNAME',
  'LBL-NO-NODEPOOL',
  'NP-STATIC-LIMITS',
  'NP-STATIC-NO-WEIGHT',
  'KUBELET-EVICTION-KEYS',
  'KUBELET-RESERVED-KEYS',
  'KUBELET-SOFT-HAS-GRACE',
  'KUBELET-GRACE-HAS-SOFT',
  'EC-TAGS-NO-CLUSTER',
  'EC-TAGS-NO-CLUSTERNAME',
  'EC-TAGS-NO-MANAGEDBY',
  'EC-TAGS-NO-NODECLAIM',
  'EC-TAGS-NO-NODECLASS',
  'EC-TAGS-NO-NODEPOOL',
  'EC-TAGS-NONEMPTY-KEY',
  'NO-CAPACITY-RESTRICTED',
  'EC-ROLE-XOR-PROFILE',
  'NO-PRICE-ONE',
  'CB-ONE-REF',
]);

/** Where one exact edit ends it. */
function fixOf(id: string, node: Node | undefined): Fix | undefined {
  const title = removals.get(id);
  return node && title !== undefined ? { title, safety: 'unsafe', ops: [{ op: 'remove', at: node.at }] } : undefined;
}

const removals: ReadonlyMap<string, string> = new Map([
  ['NP-STATIC-NO-WEIGHT', 'remove weight'],
  ['NP-STATIC-LIMITS', 'remove the limit'],
  ['LBL-NO-HOSTNAME', 'remove the label'],
]);
