import type { Fix, Op, Plain } from '../../src/diagnostic/diagnostic.ts';
import { applyEdits } from '../../src/document/apply-edits.ts';
import { find, MapNode, type Node, toPlain } from '../../src/document/node.ts';
import { parseQuick } from '../../src/document/parse.ts';
import { renderFix } from '../../src/document/splice.ts';
import type { EC2NodeClass } from '../../src/model/ec2-node-class.ts';
import { lineIndex } from '../../src/text/lines.ts';
import type { UserData } from './user-data.ts';

/** Fields of the kubelet's part of a NodeConfig to `spec.kubelet`, which keeps its own where it has them. Of plain NodeConfigs only. */
export function moveToKubelet({ node, spec, kubelet }: EC2NodeClass, data: UserData, fields: readonly string[]): Fix | undefined {
  const [config, ...others] = data.nodeConfigs;
  if (data.isMime || !config || others.length > 0 || !spec || (!kubelet && find(node, ['spec', 'kubelet']))) return undefined;
  const moved = [...new Set(fields)].filter((field) => find(config, [...PLACE, field]));
  const text = moved.length > 0 ? without(moved, data.written.value) : undefined;
  if (text === undefined) return undefined;
  const added = moved
    .filter((field) => !kubelet?.get(field))
    .map((field) => [field, valueFor(toPlain(find(config, [...PLACE, field]) as Node))] as const);
  const inserts: readonly Op[] = kubelet
    ? added.map(([key, value]) => ({ op: 'insert', at: kubelet.at, key, value }))
    : [{ op: 'insert', at: spec.at, key: 'kubelet', value: Object.fromEntries(added) }];
  return {
    title: added.length > 0 ? `move ${moved.join(', ')} to spec.kubelet` : `take ${moved.join(', ')} out of the user data`,
    safety: 'drifts',
    ops: [
      text === NOTHING ? { op: 'remove', at: data.written.at } : { op: 'set', at: data.written.at, value: text },
      ...(added.length > 0 ? inserts : []),
    ],
  };
}

const PLACE = ['spec', 'kubelet', 'config'];
/** What is left of a NodeConfig that said nothing else. */
const NOTHING = '';

/** In the class, reservations are maps of texts. */
function valueFor(value: Plain): Plain {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, amount]) => [key, String(amount)]));
}

/** The user data without these fields, and without the maps that held nothing else. */
function without(fields: readonly string[], text: string): string | undefined {
  const file = 'user data';
  const documents = parseQuick({ file, text }) ?? [];
  const [root, ...others] = documents.flatMap(({ root }) => (root instanceof MapNode ? [root] : []));
  const parent = root && find(root, PLACE);
  if (!(parent instanceof MapNode) || others.length > 0) return undefined;
  const gone = goneWith(parent, fields);
  if (gone.some((node) => node.parent === root)) return NOTHING;
  const ops = gone.map((node): Op => ({ op: 'remove', at: node.at }));
  const lines = lineIndex({ file, text });
  const rendered = renderFix({ title: '', safety: 'drifts', ops }, { lines: () => lines, documents: () => documents });
  return rendered && applyEdits(text, rendered.edits);
}

function goneWith(parent: MapNode, fields: readonly string[]): readonly Node[] {
  const gone = fields.flatMap((field) => parent.get(field) ?? []);
  if (gone.length < parent.entries.length) return gone;
  let node: Node = parent;
  while (node.parent?.parent instanceof MapNode && node.parent instanceof MapNode && node.parent.entries.length === 1)
    node = node.parent;
  return [node];
}
