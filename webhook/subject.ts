import type { Document } from '../src/document/document.ts';
import { toPlain } from '../src/document/node.ts';
import { ALLOW_ANNOTATION } from '../src/lint/annotated-allows.ts';
import type { AdmissionPolicy } from './admission-policy.ts';
import { type AdmissionRequest, field } from './admission-request.ts';
import { documentFrom, type Surroundings, stored } from './surroundings.ts';
import { isScale } from './unjudged.ts';

/** What a request would write, and what it would replace. */
export interface Subject {
  readonly object: unknown;
  readonly oldObject: unknown;
}

/** Undefined where it cannot be told: `kubectl scale` sends a number, and only a snapshot knows the pool that gets it. */
export function subjectOf(
  request: AdmissionRequest,
  around: Surroundings | undefined,
  policy: AdmissionPolicy,
): Subject | undefined {
  const { object, oldObject, name } = request;
  if (!isScale(request)) return { object: obeyed(object, policy), oldObject: oldObject && obeyed(oldObject, policy) };
  const pool = around && stored(around.documents, 'NodePool', name);
  const root = pool?.root && toPlain(pool.root);
  if (!root) return undefined;
  return {
    object: obeyed(scaled(root, field(field(object, 'spec'), 'replicas')), policy),
    oldObject: obeyed(scaled(root, field(field(oldObject, 'spec'), 'replicas')), policy),
  };
}

/** A subject's two states, as documents. */
export function documentsOf({ object, oldObject }: Subject): { readonly after: Document; readonly before: Document | undefined } {
  return { after: documentFrom(object), before: oldObject === null ? undefined : documentFrom(oldObject) };
}

/** Go leaves a zero out. */
function scaled(pool: unknown, replicas: unknown): unknown {
  return { ...(pool as object), spec: { ...(field(pool, 'spec') as object), replicas: replicas ?? 0 } };
}

/** Where annotations do not count they are not there. */
function obeyed(object: unknown, { obeysAnnotations }: AdmissionPolicy): unknown {
  const metadata = field(object, 'metadata');
  const annotations = field(metadata, 'annotations');
  if (obeysAnnotations || field(annotations, ALLOW_ANNOTATION) === undefined) return object;
  const { [ALLOW_ANNOTATION]: _, ...rest } = annotations as Readonly<Record<string, unknown>>;
  return { ...(object as object), metadata: { ...(metadata as object), annotations: rest } };
}
