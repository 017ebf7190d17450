import { grouped } from '../context/grouped.ts';
import type { Document, KubernetesObject } from '../document/document.ts';
import { type LineIndex, lineIndex } from '../text/lines.ts';
import type { ObjectIdentity, Place, Span } from '../text/place.ts';

/** From places back to what stands there: lines, documents, objects of a file. Indexes are made for files that are asked about. */
export interface Atlas {
  lines(file: string): LineIndex | undefined;
  documents(file: string): readonly Document[];
  objectAt(place: Place): KubernetesObject | undefined;
}

export function atlas(documents: readonly Document[]): Atlas {
  const byFile = grouped(documents, ({ source }) => source.file);
  const lines = new Map<string, LineIndex | undefined>();
  const framed = new Map<string, ReadonlyMap<ObjectIdentity | undefined, KubernetesObject>>();
  const objects = new Map<string, ReadonlyMap<string, readonly KubernetesObject[]>>();

  return {
    documents: (file) => byFile.get(file) ?? [],
    lines: (file) => {
      const source = byFile.get(file)?.[0]?.source;
      return remembered(lines, file, () => source && lineIndex(source));
    },
    objectAt: ({ file, object, span }) => {
      const only = onlyObject(byFile.get(file));
      if (only && only.node.frame?.object === object) return only;
      // A place that a node of the object gave carries the very identity of the object's frame.
      const own = remembered(framed, file, () => byFrame(byFile.get(file) ?? [])).get(object);
      if (own && span && isWithin(own, span)) return own;
      const named = remembered(objects, file, () => byIdentity(byFile.get(file) ?? []));
      const same = named.get(keyOf(object)) ?? [];
      return same.find((candidate) => span && isWithin(candidate, span)) ?? same[0];
    },
  };
}

function isWithin({ node }: KubernetesObject, { start, end }: Span): boolean {
  return node.start <= start && end <= node.end;
}

function byFrame(documents: readonly Document[]): ReadonlyMap<ObjectIdentity | undefined, KubernetesObject> {
  const framed = new Map<ObjectIdentity | undefined, KubernetesObject>();
  for (const { objects } of documents) {
    for (const object of objects) if (object.node.frame?.object) framed.set(object.node.frame.object, object);
  }
  return framed;
}

/** Most files hold one object, and no index is needed to find it. */
function onlyObject(documents: readonly Document[] = []): KubernetesObject | undefined {
  return documents.length === 1 && documents[0]?.objects.length === 1 ? documents[0].objects[0] : undefined;
}

function byIdentity(documents: readonly Document[]): ReadonlyMap<string, readonly KubernetesObject[]> {
  return grouped(
    documents.flatMap(({ objects }) => objects),
    keyOf,
  );
}

function keyOf(object: Partial<ObjectIdentity> | KubernetesObject | undefined): string {
  return object ? JSON.stringify([object.apiVersion, object.kind, object.namespace ?? '', object.name ?? '']) : '';
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  if (!map.has(key)) map.set(key, make());
  return map.get(key) as V;
}
