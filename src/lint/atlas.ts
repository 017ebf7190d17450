import type { Document, KubernetesObject } from '../document/document.ts';
import { type LineIndex, lineIndex } from '../text/lines.ts';
import type { ObjectIdentity, Place } from '../text/place.ts';

/** From places back to what stands there: lines, documents, objects of a file. Indexes are made for files that are asked about. */
export interface Atlas {
  lines(file: string): LineIndex | undefined;
  documents(file: string): readonly Document[];
  objectAt(place: Place): KubernetesObject | undefined;
}

export function atlas(documents: readonly Document[]): Atlas {
  const byFile = new Map<string, Document[]>();
  for (const document of documents) append(byFile, document.source.file, document);
  const lines = new Map<string, LineIndex | undefined>();
  const objects = new Map<string, ReadonlyMap<string, readonly KubernetesObject[]>>();

  return {
    documents: (file) => byFile.get(file) ?? [],
    lines: (file) => {
      const source = byFile.get(file)?.[0]?.source;
      return remembered(lines, file, () => source && lineIndex(source));
    },
    objectAt: ({ file, object, span }) => {
      const named = remembered(objects, file, () => byIdentity(byFile.get(file) ?? []));
      const same = named.get(keyOf(object)) ?? [];
      return same.find(({ node }) => span && node.start <= span.start && span.end <= node.end) ?? same[0];
    },
  };
}

function byIdentity(documents: readonly Document[]): ReadonlyMap<string, readonly KubernetesObject[]> {
  const named = new Map<string, KubernetesObject[]>();
  for (const document of documents) for (const object of document.objects) append(named, keyOf(object), object);
  return named;
}

function keyOf(object: Partial<ObjectIdentity> | KubernetesObject | undefined): string {
  return object ? JSON.stringify([object.apiVersion, object.kind, object.namespace ?? '', object.name ?? '']) : '';
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}

function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  if (!map.has(key)) map.set(key, make());
  return map.get(key) as V;
}
