import { once, onceFor } from '../context/once.ts';
import type { Document } from '../document/document.ts';
import { MapNode, type Node, ScalarNode, toPlain } from '../document/node.ts';
import type { NodePool } from '../model/node-pool.ts';
import type { Path } from '../text/place.ts';
import type { Run } from './ask.ts';
import { type Part, partPaths, type WrittenPart } from './part.ts';

/** Pools in groups: within one all is the same that is read. In the order of the input, as the groups are by their first. */
export type Alike = (reads: readonly Part[]) => readonly (readonly NodePool[])[];

/** Repositories hold many pools that were copied from each other: who finds nothing in one finds nothing in those that read the same. */
export function alikePools(run: Run): Alike {
  const { nodePools } = run.world.context;
  const numbers = once(() => partNumbers(run));
  const known = new Map<string, readonly (readonly NodePool[])[]>();
  return (reads) => {
    const found = known.get(reads.join()) ?? grouped(nodePools, reads.map(numbers()));
    known.set(reads.join(), found);
    return found;
  };
}

function grouped(pools: readonly NodePool[], columns: readonly (readonly number[])[]): readonly (readonly NodePool[])[] {
  const groups = new Map<string, NodePool[]>();
  for (const [index, pool] of pools.entries()) {
    let key = '';
    for (const column of columns) key += `${column[index]} `;
    const group = groups.get(key);
    if (group) group.push(pool);
    else groups.set(key, [pool]);
  }
  return [...groups.values()];
}

/** A number for each pool's part, pool by pool: the same number, the same part. */
function partNumbers(run: Run): (part: Part) => readonly number[] {
  const { nodePools } = run.world.context;
  const numbers = new Map<unknown, number>();
  const numberOf = (thing: unknown): number => {
    const known = numbers.get(thing);
    if (known !== undefined) return known;
    numbers.set(thing, numbers.size);
    return numbers.size - 1;
  };
  const texts = once(() => nodePools.map(textsIn(run)));
  const columns = new Map<Part, readonly number[]>();
  const column = (part: Part): readonly number[] => {
    switch (part) {
      case 'clock':
        return nodePools.map(() => 0);
      case 'cluster':
        // Each has others around it.
        return nodePools.map(numberOf);
      case 'class':
        return nodePools.map((pool) => numberOf(run.world.context.classOf(pool)));
      case 'types':
        return nodePools.map((pool) => {
          const group = pool.template.nodeClassRef?.group?.value;
          return numberOf(`${numberOf(run.world.offering(pool))} ${group}`);
        });
      default:
        return nodePools.map((pool, index) => numberOf(texts()[index]?.(part) ?? pool));
    }
  };
  return (part) => {
    const found = columns.get(part) ?? column(part);
    columns.set(part, found);
    return found;
  };
}

/** The text of a pool's parts; undefined where there may be more to a part than its text. */
function textsIn({ map }: Run): (pool: NodePool) => (part: WrittenPart) => string | undefined {
  const anchored = new WeakMap<Document, boolean>();
  return ({ node }) => {
    const { frame, start, end } = node;
    const object =
      frame && map.objectAt({ file: frame.file, path: [], span: { start, end }, ...(frame.object && { object: frame.object }) });
    if (!object) return () => undefined;
    const { apiVersion, document } = object;
    const { text } = document.source;
    const { span } = document;
    // An alias says what stands elsewhere.
    const isPlain = !onceFor(anchored, document, () => text.slice(span.start, span.end).includes('&'));
    return (part) => (isPlain ? writtenAt(node, partPaths[part], text, apiVersion) : undefined);
  };
}

function writtenAt(root: Node, path: Path, text: string, apiVersion: string): string | undefined {
  let node: Node | undefined = root;
  for (const key of path) {
    // Nobody knows what a placeholder holds that stands for more than the part.
    if (!(node instanceof MapNode)) return undefined;
    node = node.get(String(key));
    if (!node) return apiVersion;
  }
  if (node.start < 0) return `${apiVersion} ${JSON.stringify(toPlain(node))}`;
  const written = text.slice(node.start, node.end);
  return node instanceof ScalarNode ? `${apiVersion} ${typeof node.value} ${node.style} ${written}` : `${apiVersion} ${written}`;
}
