import { isTooDeep } from './too-deep.ts';

/** What an AdmissionReview of `admission.k8s.io/v1` asks, as far as a verdict depends on it. */
export interface AdmissionRequest {
  /** Fresh for each call of a webhook; the answer must repeat it. */
  readonly uid: string;
  /** After conversion to the version that the webhook's rule names. */
  readonly group: string;
  readonly kind: string;
  readonly resource: string;
  /** Empty where the object itself is written. */
  readonly subResource: string;
  /** Empty on CREATE with `generateName`. */
  readonly name: string;
  readonly operation: string;
  readonly user: string;
  readonly groups: readonly string[];
  /** After defaulting; null on DELETE. */
  readonly object: unknown;
  /** As stored; null on CREATE. */
  readonly oldObject: unknown;
  readonly dryRun: boolean;
}

/** Why a body is no review, and the uid that it holds all the same. */
export interface Unreadable {
  readonly fault: string;
  readonly uid: string | undefined;
}

/** The version in which the API server asks and wants its answer. */
export const REVIEW_VERSION = 'admission.k8s.io/v1';

/** Reads a parsed body. Unknown fields are passed over, so that a newer API server is understood. */
export function admissionRequest(body: unknown): AdmissionRequest | Unreadable {
  const uid = text(field(body, 'request'), 'uid');
  const fault = (why: string): Unreadable => ({ fault: why, uid: uid === '' ? undefined : uid });
  if (field(body, 'kind') !== 'AdmissionReview') return fault('the body is not an AdmissionReview');
  if (field(body, 'apiVersion') !== REVIEW_VERSION) return fault(`the AdmissionReview is not of ${REVIEW_VERSION}`);
  const request = field(body, 'request');
  if (typeof request !== 'object' || request === null) return fault('the AdmissionReview holds no request');
  if (uid === '') return fault('the request has no uid');
  const operation = text(request, 'operation');
  if (operation === '') return fault('the request has no operation');
  if (isTooDeep(request)) return fault('the request is nested too deep to be judged');
  const groups = field(field(request, 'userInfo'), 'groups');
  return {
    uid,
    group: text(field(request, 'kind'), 'group'),
    kind: text(field(request, 'kind'), 'kind'),
    resource: text(field(request, 'resource'), 'resource'),
    subResource: text(request, 'subResource'),
    name: text(request, 'name'),
    operation,
    user: text(field(request, 'userInfo'), 'username'),
    groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    object: field(request, 'object') ?? null,
    oldObject: field(request, 'oldObject') ?? null,
    dryRun: field(request, 'dryRun') === true,
  };
}

/** The kind of what a request changes: whoever scales a pool writes a Scale. */
export function judgedKind({ kind, resource }: AdmissionRequest): string {
  return kind === 'Scale' && resource === 'nodepools' ? 'NodePool' : kind;
}

/** An own field: nothing that every object inherits counts. */
export function field(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}

function text(value: unknown, key: string): string {
  const found = field(value, key);
  return typeof found === 'string' ? found : '';
}
