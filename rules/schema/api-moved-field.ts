import type { JudgedObject } from '../../src/context/context.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import { find, ScalarNode } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { World } from '../../src/lint/world.ts';
import { effectOf, type Violation } from '../../src/model/schema/violation.ts';
import { moveFix } from './move-fix.ts';
import { type Move, movedField, movedValue, moves } from './moved-fields.ts';
import { claimed } from './routing.ts';
import { holderSpotAt, keySpotAt, spotAt } from './spot.ts';

export const apiMovedField: Rule<'Object'> = {
  id: 'api-moved-field',
  code: 'PP102',
  on: 'Object',
  effect: 'dropped',
  severity: 'error',
  fix: 'drifts',
  summary: 'a field that stood elsewhere in an earlier API',
  why: 'Strict clients are refused. The others lose the field without a word and with it the intent: a pool that should never expire gets the default of 720h.',
  docs: 'https://karpenter.sh/docs/upgrading/v1-migration/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      disruption: { consolidateAfter: 5m, expireAfter: Never }
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,
  good: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      disruption: { consolidateAfter: 5m }
      template:
        spec:
          expireAfter: Never
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirements: []
  `,

  *check(judged, world) {
    for (const violation of claimed(judged, 'api-moved-field')) yield worded(judged, violation, world);
    // Nobody serves v1beta1 any more: what converting it to v1 has to move is worth saying at once.
    if (!judged.schema && judged.object.apiVersion.endsWith('/v1beta1')) yield* toConvert(judged, world);
  },
};

function worded(judged: JudgedObject, violation: Violation, world: World): Finding {
  const { object } = judged;
  const effect = effectOf(violation);
  if (violation.kind === 'required') {
    const message = 'nodeClassRef needs group, which took the place of apiVersion';
    return { at: holderSpotAt(object.node, violation.path, 'group'), effect, message };
  }
  const path = violation.kind === 'unknown-field' ? [...violation.path, violation.key] : violation.path;
  const move = violation.kind === 'enum' ? movedValue(object.kind, path, violation.actual) : movedField(object.kind, path);
  if (!move) throw new Error(`nothing moved at ${path.join('.')}`);
  return { ...finding(judged, move, world), effect };
}

function finding({ object }: JudgedObject, move: Move, world: World): Finding {
  const at = move.value === undefined ? keySpotAt(object.node, move.from) : spotAt(object.node, move.from);
  const fix = moveFix(object, move, world.context);
  const message =
    move.value === undefined ? `${move.from.join('.')} ${move.now}` : `${move.from.at(-1)} "${move.value}" ${move.now}`;
  return { at, message, ...(fix && { fixes: [fix] }) };
}

/** An object that is refused as a whole already. */
function* toConvert(judged: JudgedObject, world: World): Iterable<Finding> {
  for (const move of moves) {
    if (move.kind !== judged.object.kind) continue;
    const node = find(judged.object.node, move.from);
    const isThere = node && (move.value === undefined || (node instanceof ScalarNode && node.value === move.value));
    if (isThere) yield { ...finding(judged, move, world), effect: 'rejected' };
  }
}
