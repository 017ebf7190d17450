import type { Manifest } from '../context/admission-objects.ts';
import type { Document } from '../document/document.ts';
import { find, MapNode, type Node, ScalarNode, SeqNode, toPlain } from '../document/node.ts';
import type { Place } from '../text/place.ts';

/** A pod that `poolproof.yaml` says the pools must be able to run. */
export interface DeclaredPod {
  /** `metadata.name`, else where it stands: `pods[0]`. No two have the same. */
  readonly name: string;
  readonly at: Place;
  readonly count: number;
  /** A Pod before admission. Its own name is made unique. */
  readonly manifest: Manifest;
}

/** The entries of `pods:` in a configuration that `readConfig` found no fault with. */
export function declaredPods(documents: readonly Document[]): readonly DeclaredPod[] {
  const roots = documents.flatMap(({ root }) => root ?? []);
  const items = roots.flatMap((root) => itemsOf(find(root, ['pods'])));
  const names = items.map((item, index) => nameOf(item) ?? `pods[${index}]`);
  return items.map((item, index) => {
    const name = names[index] ?? '';
    const isFirst = names.indexOf(name) === index;
    return declaredPod(item, isFirst ? name : `${name} (pods[${index}])`, index);
  });
}

function declaredPod(item: MapNode, name: string, index: number): DeclaredPod {
  const metadata = item.get('metadata');
  const spec = item.get('spec');
  const own = metadata instanceof MapNode ? (toPlain(metadata) as object) : {};
  // The name of the object tells it from its fellows; two entries may carry one name.
  const value = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...own, name: `${nameOf(item) ?? 'declared'}-${index}` },
    spec: spec === undefined ? {} : toPlain(spec),
  };
  return { name, at: placeOf(item), count: countOf(item), manifest: { kind: 'Pod', value } };
}

function itemsOf(list: Node | undefined): readonly MapNode[] {
  return list instanceof SeqNode ? list.items.filter((item) => item instanceof MapNode) : [];
}

function nameOf(item: MapNode): string | undefined {
  const name = find(item, ['metadata', 'name']);
  return name instanceof ScalarNode && name.value !== null ? String(name.value) : undefined;
}

function countOf(item: MapNode): number {
  const count = item.get('count');
  return count instanceof ScalarNode && typeof count.value === 'number' ? count.value : 1;
}

/** Its first key: the whole of it would underline many lines. */
function placeOf(item: MapNode): Place {
  const [first] = item.entries;
  return first ? { ...first.key.at, path: item.path } : item.at;
}
