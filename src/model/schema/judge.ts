import type { Path } from '../../text/place.ts';
import { faults, type SoundnessOf } from './faults.ts';
import { isMap, type JsonMap, own, typeName, valueAt } from './json.ts';
import type { KindSchema, Schemas } from './load.ts';
import { normalize } from './normalize.ts';
import { metadataViolations } from './object-meta.ts';
import { isUnchanged } from './ratchet.ts';
import { structuralViolations } from './structural.ts';
import type { Json } from './structure.ts';
import type { Violation } from './violation.ts';

/**
 * What the API server with the CRDs of one Karpenter minor holds against an object. Without `old` the object is created, with it
 * it replaces that one. An object with no violation is accepted; one whose violations are all unknown fields is accepted from
 * whoever does not ask for strict validation. A consequence of another violation is left out.
 */
export function judge(schemas: Schemas, object: unknown, old?: unknown): readonly Violation[] {
  if (!isMap(object as Json)) return [{ kind: 'type', path: [], expected: ['object'], actual: typeName(object as Json) }];
  const map = object as JsonMap;
  const identity = identityViolations(map);
  if (identity.length > 0) return identity;
  const apiVersion = String(own(map, 'apiVersion'));
  const kind = String(own(map, 'kind'));
  const schema = schemas.get(apiVersion, kind);
  if (!schema) return [notServed(schemas, apiVersion, kind)];
  const before = isMap(old as Json) ? (old as JsonMap) : undefined;
  return [...metadataViolations(map, schema.namespaced, before), ...specViolations(schema, map, before)];
}

function identityViolations(object: JsonMap): readonly Violation[] {
  return ['apiVersion', 'kind'].flatMap((key): readonly Violation[] => {
    const value = own(object, key) ?? null;
    if (value === null || value === '') return [{ kind: 'required', path: [], key }];
    return typeof value === 'string' ? [] : [{ kind: 'type', path: [key], expected: ['string'], actual: typeName(value) }];
  });
}

function notServed({ minor, served }: Schemas, apiVersion: string, objectKind: string): Violation {
  const servedVersions = served.filter(({ kind }) => kind === objectKind).map((version) => version.apiVersion);
  if (servedVersions.includes(apiVersion)) throw new Error(`the schema of ${objectKind} for ${minor} was not loaded`);
  return {
    kind: 'not-served',
    path: [servedVersions.length > 0 ? 'apiVersion' : 'kind'],
    apiVersion,
    objectKind,
    servedVersions,
  };
}

function specViolations(schema: KindSchema, object: JsonMap, old: JsonMap | undefined): readonly Violation[] {
  const { value, unknown, unsendable } = normalize(object, schema.structure);
  const before = old && normalize(old, schema.structure).value;
  const structural = structuralViolations(value, schema.structure, schema.validate);
  const isTold = before ? intolerable(schema, value, before) : () => true;
  return [
    ...unknown.map(({ path, key }): Violation => ({ kind: 'unknown-field', path, key })),
    ...unsendable
      .filter((path) => !structural.some((violation) => overlap(violation.path, path)))
      .map((path): Violation => ({ kind: 'format', path, format: 'json', actual: String(valueAt(object, path)) })),
    ...structural.filter(isTold),
    ...conditionViolations(schema, value, before, structural, isTold),
  ];
}

/** What was wrong before and has not been touched is no reason to refuse an update. */
function intolerable(schema: KindSchema, value: Json, before: Json): (violation: Violation) => boolean {
  const hadDuplicates = structuralViolations(before, schema.structure, schema.validate).some(
    ({ kind }) => kind === 'duplicate-item',
  );
  return ({ kind, path }) => {
    if (kind === 'duplicate-item') return !hadDuplicates;
    // The scale subresource reads replicas whether they have changed or not.
    const isScale = schema.kind === 'NodePool' && path.length <= 2 && overlap(path, ['spec', 'replicas']);
    return isScale || !isUnchanged(value, before, path);
  };
}

/** Violations that make what stands at, above or below them useless to a condition. */
const unsound: ReadonlySet<string> = new Set(['type', 'required', 'enum']);

function conditionViolations(
  schema: KindSchema,
  value: Json,
  before: Json | undefined,
  structural: readonly Violation[],
  isTold: (violation: Violation) => boolean,
): readonly Violation[] {
  const placed = faults(schema, value, before, soundnessOf(structural, isTold));
  const found: Violation[] = [];
  if (placed.length === 0) return found;
  const told = new Set(structural.filter(isTold).map((violation) => JSON.stringify(placeOf(violation))));
  for (const { fault, condition, at } of placed) {
    const path = [...at, ...fault.path];
    const isTolerated = before !== undefined && !condition.transition && !fault.unevaluable && isUnchanged(value, before, at);
    if (isTolerated || (told.size > 0 && told.has(JSON.stringify(path)))) continue;
    const related = fault.related?.map((other) => [...at, ...other]);
    found.push({ kind: 'condition', path, id: condition.id, message: fault.message, ...(related && { related }) });
  }
  return found;
}

/** Undefined where all is sound. */
function soundnessOf(structural: readonly Violation[], isTold: (violation: Violation) => boolean): SoundnessOf | undefined {
  if (structural.length === 0) return undefined;
  const faulty = structural
    .filter(({ kind }) => unsound.has(kind))
    .map((violation) => ({ place: placeOf(violation), isInherited: violation.kind === 'type' && !isTold(violation) }));
  if (faulty.length === 0) return undefined;
  return (path, keysOnly) => {
    const near = faulty.filter(({ place }) => overlap(place, path) && !(keysOnly && place.length > path.length));
    if (near.length === 0) return 'sound';
    return near.every(({ isInherited }) => isInherited) ? 'unreadable' : 'broken';
  };
}

/** Where a violation does harm: for something missing, where it should be. */
function placeOf(violation: Violation): Path {
  return violation.kind === 'required' ? [...violation.path, violation.key] : violation.path;
}

/** Whether one path leads to, or through, where the other leads. */
function overlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (a[at] !== b[at]) return false;
  return true;
}
