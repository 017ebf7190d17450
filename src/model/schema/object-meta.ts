import type { Path } from '../../text/place.ts';
import { isTimestamp } from './date-time.ts';
import { isList, isMap, type JsonMap, own, typeName } from './json.ts';
import { annotationsFault, labelKeyFault, labelValueFault, nameFault, namespaceFault } from './names.ts';
import { shown } from './shown.ts';
import type { Json } from './structure.ts';
import type { Violation } from './violation.ts';

/** What an API server holds against `metadata`, whatever the kind; `old` is the object that an update would replace. */
export function metadataViolations(object: JsonMap, namespaced: boolean, old: JsonMap | undefined): readonly Violation[] {
  const found: Violation[] = [];
  const metadata = own(object, 'metadata') ?? {};
  shaped(metadata, objectMeta, ['metadata'], found);
  // The server reads metadata as a whole: if one part has the wrong type, none is looked at.
  if (isMap(metadata) && !found.some(({ kind }) => kind === 'type' || kind === 'format')) {
    for (const fault of faults(metadata, namespaced, old)) found.push({ kind: 'metadata', ...fault });
  }
  return found;
}

type Shape =
  | 'string'
  | 'int64'
  | 'boolean'
  | 'time'
  | 'anything'
  | { readonly values: Shape }
  | { readonly items: Shape }
  | { readonly fields: { readonly [name: string]: Shape } };

const objectMeta: Shape = {
  fields: {
    name: 'string',
    generateName: 'string',
    namespace: 'string',
    selfLink: 'string',
    uid: 'string',
    resourceVersion: 'string',
    generation: 'int64',
    creationTimestamp: 'time',
    deletionTimestamp: 'time',
    deletionGracePeriodSeconds: 'int64',
    labels: { values: 'string' },
    annotations: { values: 'string' },
    ownerReferences: {
      items: {
        fields: {
          apiVersion: 'string',
          kind: 'string',
          name: 'string',
          uid: 'string',
          controller: 'boolean',
          blockOwnerDeletion: 'boolean',
        },
      },
    },
    finalizers: { items: 'string' },
    managedFields: {
      items: {
        fields: {
          manager: 'string',
          operation: 'string',
          apiVersion: 'string',
          time: 'time',
          fieldsType: 'string',
          fieldsV1: 'anything',
          subresource: 'string',
        },
      },
    },
  },
};

/** The fields of metadata that are known at a path below it; undefined where anything goes or nothing is held. */
export function metadataFields(path: Path): readonly string[] | undefined {
  let shape: Shape | undefined = objectMeta;
  for (const part of path) {
    if (typeof shape !== 'object') return undefined;
    if ('fields' in shape) shape = shape.fields[String(part)];
    else shape = 'items' in shape ? shape.items : shape.values;
  }
  return typeof shape === 'object' && 'fields' in shape ? Object.keys(shape.fields) : undefined;
}

/** Types and unknown fields. null is the zero value of whatever was wanted. */
function shaped(value: Json, shape: Shape, path: Path, found: Violation[]): void {
  if (value === null || shape === 'anything') return;
  if (typeof shape === 'string') scalar(value, shape, path, found);
  else if ('items' in shape) {
    if (!isList(value)) found.push(wrongType(value, 'array', path));
    else for (const [index, item] of value.entries()) shaped(item, shape.items, [...path, index], found);
  } else if (!isMap(value)) found.push(wrongType(value, 'object', path));
  else {
    for (const [key, item] of Object.entries(value)) {
      const child = 'values' in shape ? shape.values : own(shape.fields, key);
      if (child === undefined) found.push({ kind: 'unknown-field', path, key });
      else shaped(item, child, [...path, key], found);
    }
  }
}

function scalar(value: Json, shape: 'string' | 'int64' | 'boolean' | 'time', path: Path, found: Violation[]): void {
  const wanted = shape === 'int64' ? 'integer' : shape === 'time' ? 'string' : shape;
  if (typeName(value) !== wanted) found.push(wrongType(value, wanted, path));
  else if (shape === 'time' && !isTimestamp(shown(value)))
    found.push({ kind: 'format', path, format: 'date-time', actual: value });
  else if (shape === 'int64' && Math.abs(Number(value)) >= 2 ** 63)
    found.push({ kind: 'format', path, format: 'int64', actual: value });
}

function wrongType(value: Json, wanted: string, path: Path): Violation {
  return { kind: 'type', path, expected: [wanted], actual: typeName(value) };
}

interface Fault {
  readonly path: Path;
  readonly message: string;
}

/** Values, once their types are right. */
function* faults(metadata: JsonMap, namespaced: boolean, old: JsonMap | undefined): Iterable<Fault> {
  yield* old ? changed(metadata, old) : nameFaults(metadata);
  const namespace = text(metadata, 'namespace');
  if (namespaced && namespace !== '') yield* at(['metadata', 'namespace'], namespaceFault(namespace));
  for (const [key, value] of entries(metadata, 'labels')) {
    const message = labelKeyFault(key) ?? labelValueFault(value);
    if (message !== undefined) yield { path: ['metadata', 'labels', key], message };
  }
  const annotations = entries(metadata, 'annotations');
  for (const [key] of annotations) {
    const message = labelKeyFault(key.toLowerCase());
    if (message !== undefined) yield { path: ['metadata', 'annotations', key], message };
  }
  if (annotations.length > 0) yield* at(['metadata', 'annotations'], annotationsFault(annotations));
  const owners = items(metadata, 'ownerReferences');
  if (owners.length > 0) yield* ownerFaults(owners);
  const finalizers = items(metadata, 'finalizers');
  if (finalizers.length > 0) yield* finalizerFaults(finalizers);
}

function* nameFaults(metadata: JsonMap): Iterable<Fault> {
  const name = text(metadata, 'name');
  const prefix = text(metadata, 'generateName');
  if (prefix !== '') {
    // What is generated is appended, so a prefix may end in a dash.
    yield* at(['metadata', 'generateName'], nameFault(prefix.length > 1 ? prefix.replace(/-$/u, 'a') : prefix));
  }
  if (name !== '') yield* at(['metadata', 'name'], nameFault(name));
  else if (prefix === '') yield { path: ['metadata'], message: 'the object has no name: give it metadata.name' };
}

function* changed(metadata: JsonMap, old: JsonMap): Iterable<Fault> {
  const before = own(old, 'metadata') ?? {};
  if (!isMap(before)) return;
  const name = text(metadata, 'name');
  if (name !== text(before, 'name'))
    yield { path: ['metadata', 'name'], message: `an object cannot be renamed from "${text(before, 'name')}" to "${name}"` };
  const uid = text(metadata, 'uid');
  if (uid !== '' && text(before, 'uid') !== '' && uid !== text(before, 'uid'))
    yield { path: ['metadata', 'uid'], message: `uid "${uid}" is that of another object` };
  for (const field of ['deletionTimestamp', 'deletionGracePeriodSeconds']) {
    if ((own(metadata, field) ?? null) !== null && (own(before, field) ?? null) === null)
      yield {
        path: ['metadata', field],
        message: `${field} is set by the API server when the object is deleted, never by an update`,
      };
  }
}

function* ownerFaults(references: readonly Json[]): Iterable<Fault> {
  let controller: number | undefined;
  for (const [index, item] of references.entries()) {
    const reference = isMap(item) ? item : {};
    const path = ['metadata', 'ownerReferences', index];
    for (const field of ['apiVersion', 'kind', 'name', 'uid']) {
      if (text(reference, field) === '') yield { path, message: `an owner reference needs ${field}` };
    }
    const apiVersion = text(reference, 'apiVersion');
    if (apiVersion.split('/').length > 2 || apiVersion.endsWith('/'))
      yield { path: [...path, 'apiVersion'], message: `"${apiVersion}" is no apiVersion` };
    if (apiVersion === 'v1' && text(reference, 'kind') === 'Event') yield { path, message: 'an Event cannot own anything' };
    if (own(reference, 'controller') !== true) continue;
    if (controller !== undefined)
      yield { path: [...path, 'controller'], message: 'only one owner can be the controller, and another reference already is' };
    controller ??= index;
  }
}

function* finalizerFaults(finalizers: readonly Json[]): Iterable<Fault> {
  for (const [index, item] of finalizers.entries()) {
    yield* at(['metadata', 'finalizers', index], labelKeyFault(shown(item ?? '')));
  }
  if (finalizers.includes('orphan') && finalizers.includes('foregroundDeletion'))
    yield { path: ['metadata', 'finalizers'], message: 'the finalizers orphan and foregroundDeletion exclude each other' };
}

function* at(path: Path, message: string | undefined): Iterable<Fault> {
  if (message !== undefined) yield { path, message };
}

function text(map: JsonMap, key: string): string {
  const value = own(map, key);
  return typeof value === 'string' ? value : '';
}

function items(map: JsonMap, key: string): readonly Json[] {
  const value = own(map, key);
  return isList(value) ? value : [];
}

function entries(map: JsonMap, key: string): readonly (readonly [string, string])[] {
  const value = own(map, key);
  return isMap(value) ? Object.entries(value).map(([name, item]) => [name, shown(item ?? '')]) : [];
}
