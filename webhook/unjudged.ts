import { isDeepStrictEqual } from 'node:util';
import { groupOf } from '../src/document/objects.ts';
import type { AdmissionPolicy } from './admission-policy.ts';
import { type AdmissionRequest, field } from './admission-request.ts';

/** Why a request is let through without a look; undefined: it is to be judged. */
export type Unjudged = 'off' | 'operation' | 'subresource' | 'kind' | 'karpenter' | 'terminating' | 'unchanged-spec';

/** Kinds that are judged, by group. */
const judged: ReadonlyMap<string, string> = new Map([
  ['NodePool', 'karpenter.sh'],
  ['NodeOverlay', 'karpenter.sh'],
  ['EC2NodeClass', 'karpenter.k8s.aws'],
]);

export function isScale({ kind, group, resource, subResource }: AdmissionRequest): boolean {
  return kind === 'Scale' && group === 'autoscaling' && resource === 'nodepools' && subResource === 'scale';
}

/** Karpenter must never wait for us, and nobody is held up for what he does not touch. */
export function unjudged(request: AdmissionRequest, policy: AdmissionPolicy): Unjudged | undefined {
  const { group, kind, subResource, operation, user, object, oldObject } = request;
  if (policy.strongest === 'off') return 'off';
  if (operation !== 'CREATE' && operation !== 'UPDATE') return 'operation';
  if (!isScale(request)) {
    if (subResource !== '') return 'subresource';
    if (judged.get(kind) !== group || !isOfKind(object, kind, group)) return 'kind';
  }
  if (policy.karpenterUsers.has(user)) return 'karpenter';
  if (isTerminating(object)) return 'terminating';
  if (operation === 'UPDATE' && isDeepStrictEqual(field(object, 'spec'), field(oldObject, 'spec'))) return 'unchanged-spec';
  return undefined;
}

export function isTerminating(object: unknown): boolean {
  return Boolean(field(field(object, 'metadata'), 'deletionTimestamp'));
}

/** The API server sends no object that is not what it says. */
function isOfKind(object: unknown, kind: string, group: string): boolean {
  const apiVersion = field(object, 'apiVersion');
  return field(object, 'kind') === kind && typeof apiVersion === 'string' && groupOf(apiVersion) === group;
}
