import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { AdmissionRequest } from './admission-request.ts';

/** Names the object of a finding where it is not the one that is written. */
export function otherThan({ kind, name }: AdmissionRequest, { object }: Diagnostic): string | undefined {
  if (!object) return undefined;
  const isSameKind = object.kind === (kind === 'Scale' ? 'NodePool' : kind);
  // A name that the API server is to make up is not known yet.
  const isSameName = (object.name ?? '') === name || name === '';
  return isSameKind && isSameName ? undefined : `${object.kind ?? ''}/${object.name ?? ''}`;
}
