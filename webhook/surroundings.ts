import { identityOf } from '../src/context/link.ts';
import { workloadKinds } from '../src/context/workloads.ts';
import type { Document } from '../src/document/document.ts';
import { fromObject } from '../src/document/from-object.ts';
import { field } from './admission-request.ts';

/** What else is in the cluster, as far as the snapshot shows. */
export interface Surroundings {
  readonly objects: readonly unknown[];
  readonly documents: readonly Document[];
  /** Whether it shows what makes pods: without them there is nothing to prove. */
  readonly hasWorkloads: boolean;
  /** Another number, other objects. */
  readonly version: number;
  /** Since it was last known to be current. */
  readonly ageSeconds: number;
}

/** The part of a snapshot (`cluster/snapshot.ts`) that a verdict needs. */
export interface SnapshotView {
  objects(): readonly unknown[] | undefined;
  ageSeconds(now: number): number;
  readonly version: number;
}

/** Turns a snapshot's objects into documents, each once while it stays the same. */
export function surroundingsOf(snapshot: SnapshotView | undefined): (now: number) => Surroundings | undefined {
  const documentOf = new WeakMap<object, Document>();
  let last: Omit<Surroundings, 'ageSeconds'> | undefined;
  return (now) => {
    const objects = snapshot?.objects();
    if (!snapshot || !objects) return undefined;
    if (last?.version !== snapshot.version) {
      const documents = objects.flatMap((object) => {
        if (typeof object !== 'object' || object === null) return [];
        const known = documentOf.get(object) ?? documentFrom(object);
        documentOf.set(object, known);
        return [known];
      });
      last = { objects, documents, hasWorkloads: documents.some(makesPods), version: snapshot.version };
    }
    return { ...last, ageSeconds: snapshot.ageSeconds(now) };
  };
}

function makesPods({ objects: [object] }: Document): boolean {
  return object !== undefined && workloadKinds.has(object.kind);
}

/** An object of the API as a document, without the bookkeeping of who wrote which field. */
export function documentFrom(object: unknown): Document {
  const file = `${textOf(object, 'kind')}/${textOf(field(object, 'metadata'), 'name')}`;
  return fromObject(withoutManagedFields(object), file);
}

/** Nothing else can be made a text safely: an object may bring a `toString` of its own. */
function textOf(value: unknown, key: string): string {
  const found = field(value, key);
  return typeof found === 'string' ? found : '';
}

function withoutManagedFields(object: unknown): unknown {
  const metadata = field(object, 'metadata');
  if (field(metadata, 'managedFields') === undefined) return object;
  const { managedFields: _, ...rest } = metadata as Readonly<Record<string, unknown>>;
  return { ...(object as object), metadata: rest };
}

/** The documents with one of them in the place of the stored one of the same name, or added. */
export function withDocument(documents: readonly Document[], document: Document): readonly Document[] {
  const others = without(documents, document);
  if (others.length === documents.length) return [...documents, document];
  const kept = new Set(others);
  return documents.map((each) => (kept.has(each) ? each : document));
}

export function without(documents: readonly Document[], { objects: [object] }: Document): readonly Document[] {
  const identity = object && identityOf(object);
  return documents.filter(({ objects: [other] }) => !other || identityOf(other) !== identity);
}

/** The stored object of a kind and name. */
export function stored(documents: readonly Document[], kind: string, name: string): Document | undefined {
  return documents.find(({ objects: [object] }) => object?.kind === kind && object.name === name);
}
