import { nearestWords } from '../../src/algebra/nearest-word.ts';
import type { JudgedObject } from '../../src/context/context.ts';
import type { Finding, Fix, Plain } from '../../src/diagnostic/diagnostic.ts';
import { find, MapNode, type Node, toPlain } from '../../src/document/node.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { knownFields, placesOf } from '../../src/model/schema/known.ts';
import type { Path } from '../../src/text/place.ts';
import { dotted } from './dotted.ts';
import { claimed } from './routing.ts';
import { keySpotAt } from './spot.ts';

export const apiUnknownField: Rule<'Refused', { extraFields: readonly string[] }> = {
  id: 'api-unknown-field',
  code: 'PP103',
  on: 'Refused',
  effect: 'dropped',
  severity: 'error',
  fix: 'unsafe',
  parameters: {
    extraFields: {
      default: [],
      says: 'Dotted paths, with or without the kind before them, of fields that the CRDs of your cluster have and the official ones do not.',
    },
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

  *check(judged, { settings }, { extraFields }) {
    const { extraFields: everywhere = [] } = settings as { readonly extraFields?: readonly string[] };
    const extra = new Set([...extraFields, ...everywhere]);
    for (const violation of claimed(judged, 'api-unknown-field')) {
      if (violation.kind !== 'unknown-field') continue;
      const path = [...violation.path, violation.key];
      const written = path.filter((part) => typeof part === 'string').join('.');
      if (!extra.has(written) && !extra.has(`${judged.object.kind}.${written}`)) yield worded(judged, path);
    }
  },
};

function worded({ object, schema }: JudgedObject, path: Path): Finding {
  const key = String(path.at(-1));
  const above = path.slice(0, -1);
  const where = above.length === 0 ? `a ${object.kind}` : dotted(above);
  const at = keySpotAt(object.node, path);
  const node = find(object.node, path);
  const known = schema ? knownFields(schema, above) : [];
  const holder = find(object.node, above);
  const [near] = nearestWords(
    key,
    known.filter((name) => !(holder instanceof MapNode && holder.get(name))),
  );
  if (near !== undefined) return meant(at, key, where, near, node);
  const home = schema && homeOf(placesOf(schema, key), above);
  if (home) {
    const fix = node && moved(object.node, node, home);
    const message = `"${key}" does not belong under ${where}; it belongs under ${spelled(home.slice(0, -1))}`;
    return { at, message, ...(fix && { fixes: [fix] }) };
  }
  const list = known.length > 0 && known.length <= 12 ? ` (fields: ${known.join(', ')})` : '';
  return { at, message: `${where} has no field "${key}"${list}` };
}

/** Names that too many things have: where one of them stands says nothing of what the author meant. */
const common: ReadonlySet<string> = new Set([
  'name',
  'key',
  'value',
  'values',
  'id',
  'kind',
  'group',
  'tags',
  'effect',
  'operator',
  'enabled',
]);

/** Of the places where a field of the name is known, the one that has most in common with where it was written. */
function homeOf(places: readonly (readonly string[])[], above: Path): readonly string[] | undefined {
  const shared = (place: readonly string[]): number => place.filter((part, index) => part === above[index]).length;
  const [best] = places.filter((place) => !common.has(place.at(-1) ?? '')).toSorted((a, b) => shared(b) - shared(a));
  return best;
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
    title: `move it under ${spelled(home.slice(0, -1))}`,
    safety: 'unsafe',
    ops: [
      { op: 'insert', at: parent.at, key, value },
      { op: 'remove', at: node.at },
    ],
  };
}

/** `spec.disruption.budgets[]` */
function spelled(path: readonly string[]): string {
  return path.join('.').replaceAll('.[]', '[]').replaceAll('.{}', '{}');
}
