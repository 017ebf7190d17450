import { nearestWords } from '../../src/algebra/nearest-word.ts';
import type { JudgedObject } from '../../src/context/context.ts';
import type { Finding, Fix, Plain } from '../../src/diagnostic/diagnostic.ts';
import { find, MapNode, type Node, toPlain } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { knownFields, placesOf } from '../../src/model/schema/known.ts';
import type { Path } from '../../src/text/place.ts';
import { claimed } from './routing.ts';
import { keySpotAt } from './spot.ts';

export const apiUnknownField: Rule<'Object', { extraFields: readonly string[] }> = {
  id: 'api-unknown-field',
  code: 'PP103',
  on: 'Object',
  effect: 'dropped',
  severity: 'error',
  fix: 'unsafe',
  parameters: {
    extraFields: { default: [], says: 'Dotted paths of fields that the CRDs of your cluster have and the official ones do not.' },
  },
  summary: 'a field that the schema does not have',
  why: 'kubectl and server-side apply refuse the object. Every other client loses the field without a word, and what it was meant to do never happens.',
  docs: 'https://karpenter.sh/docs/troubleshooting/',
  bad: `
    apiVersion: karpenter.sh/v1
    kind: NodePool
    metadata: { name: general }
    spec:
      template:
        spec:
          nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: default }
          requirement: []
          requirements: []
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

  *check(judged, _world, { extraFields }) {
    for (const violation of claimed(judged, 'api-unknown-field')) {
      if (violation.kind !== 'unknown-field') continue;
      const path = [...violation.path, violation.key];
      if (!extraFields.includes(path.filter((part) => typeof part === 'string').join('.'))) yield worded(judged, path);
    }
  },
};

function worded({ object, schema }: JudgedObject, path: Path): Finding {
  const key = String(path.at(-1));
  const above = path.slice(0, -1);
  const where = above.length === 0 ? `a ${object.kind}` : above.join('.');
  const at = keySpotAt(object.node, path);
  const known = schema ? knownFields(schema, above) : [];
  const written = find(object.node, above);
  const [near] = nearestWords(
    key,
    known.filter((name) => !(written instanceof MapNode && written.get(name))),
  );
  const [home] = schema ? placesOf(schema, key) : [];
  if (near !== undefined && near.toLowerCase() === key.toLowerCase()) return meant(at, key, where, near, find(object.node, path));
  if (home) {
    const node = find(object.node, path);
    const fix = node && moved(object.node, node, home);
    const message = `"${key}" does not belong under ${where}; it belongs under ${dotted(home.slice(0, -1))}`;
    return { at, message, ...(fix && { fixes: [fix] }) };
  }
  if (near !== undefined) return meant(at, key, where, near, find(object.node, path));
  const list = known.length > 0 && known.length <= 12 ? ` (fields: ${known.join(', ')})` : '';
  return { at, message: `${where} has no field "${key}"${list}` };
}

function meant(at: Finding['at'], key: string, where: string, near: string, node: Node | undefined): Finding {
  const message = `${where} has no field "${key}"; did you mean "${near}"?`;
  const rename: Fix | undefined = node && {
    title: `rename it "${near}"`,
    safety: 'unsafe',
    ops: [{ op: 'rename', at: node.at, key: near }],
  };
  return { at, message, ...(rename && { fixes: [rename] }) };
}

/** To the place where a field of this name is known, if what should hold it is written and does not have it yet. */
function moved(root: Node, node: Node, home: readonly string[]): Fix | undefined {
  const parent = home.includes('[]') || home.includes('{}') ? undefined : find(root, home.slice(0, -1));
  const key = home.at(-1) ?? '';
  if (!(parent instanceof MapNode) || parent.get(key)) return undefined;
  const value: Plain = toPlain(node);
  return {
    title: `move it under ${dotted(home.slice(0, -1))}`,
    safety: 'unsafe',
    ops: [
      { op: 'insert', at: parent.at, key, value },
      { op: 'remove', at: node.at },
    ],
  };
}

/** `spec.disruption.budgets[]` */
function dotted(path: readonly string[]): string {
  return path.join('.').replaceAll('.[]', '[]').replaceAll('.{}', '{}');
}
