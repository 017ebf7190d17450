import type { Resource } from './access.ts';
import { dig, digList, digText, isValue, type Value } from './dig.ts';

/** What makes pods of a kind that is read itself: what it made says nothing new. A Node is the maker of static pods. */
const makers: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'Node',
]);

/**
 * An object as it is held in memory: without what no rule reads, and always with its apiVersion and kind, which the items of a list
 * lack. Undefined for what is no subject of its own: made by something that is read itself, or finished.
 */
export function kept(object: unknown, { kind, group }: Resource, version: string): Value | undefined {
  if (!isValue(object) || isMade(object) || isDone(object, kind)) return undefined;
  const { metadata, status, ...rest } = object;
  const isKarpenters = group.startsWith('karpenter.');
  const bare = {
    apiVersion: group === '' ? version : `${group}/${version}`,
    kind,
    metadata: keptMetadata(metadata),
    ...rest,
    // What a pool has launched counts against its limits; of other kinds no rule asks how they fare.
    ...(isKarpenters && status !== undefined && { status }),
  };
  return isKarpenters ? bare : (leaner(bare) as Value);
}

const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Every write changes these two, and no rule reads them: without them an object counts as changed only if it is. */
function keptMetadata(metadata: unknown): unknown {
  if (!isValue(metadata)) return metadata;
  const { managedFields: _fields, resourceVersion: _version, annotations, ...rest } = metadata;
  if (!isValue(annotations)) return rest;
  const { [APPLIED]: _applied, ...others } = annotations;
  return { ...rest, annotations: others };
}

/** Half the bytes of most pods, and nothing of it bears on where they run. */
const ballast: ReadonlySet<string> = new Set([
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle',
  'volumeMounts',
  'envFrom',
  'terminationMessagePath',
  'terminationMessagePolicy',
  'imagePullPolicy',
]);

function leaner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(leaner);
  if (!isValue(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (ballast.has(key) ? [] : [[key, leaner(inner)] as const])),
  );
}

function isMade(object: Value): boolean {
  return digList(object, 'metadata', 'ownerReferences').some((owner) => dig(owner, 'controller') === true && isMaker(owner));
}

function isMaker(owner: unknown): boolean {
  return makers.has(digText(owner, 'kind') ?? '') && /^(?:v1|apps\/v1|batch\/v1)$/.test(digText(owner, 'apiVersion') ?? '');
}

function isDone(object: Value, kind: string): boolean {
  if (kind === 'Pod') return over.has(dig(object, 'status', 'phase'));
  if (kind !== 'Job') return false;
  return digList(object, 'status', 'conditions').some((one) => over.has(dig(one, 'type')) && dig(one, 'status') === 'True');
}

/** Phases of a Pod and conditions of a Job after which nothing of it will run again. */
const over: ReadonlySet<unknown> = new Set(['Succeeded', 'Failed', 'Complete']);

/** What tells an object from the others of its kind; undefined for what is no object. */
export function identityIn(object: unknown): string | undefined {
  const name = digText(object, 'metadata', 'name');
  return name === undefined ? undefined : `${digText(object, 'metadata', 'namespace') ?? ''}/${name}`;
}

/** The version at which the API server wrote it. */
export function resourceVersionOf(object: unknown): string | undefined {
  return digText(object, 'metadata', 'resourceVersion');
}
