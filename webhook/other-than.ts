import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import { type AdmissionRequest, judgedKind } from './admission-request.ts';

/** Names the object of a finding where it is not the one that is written. */
export function otherThan(request: AdmissionRequest, { object }: Diagnostic): string | undefined {
  if (!object) return undefined;
  const { name } = request;
  const isSameKind = object.kind === judgedKind(request);
  // A name that the API server is to make up is not known yet.
  const isSameName = (object.name ?? '') === name || name === '';
  return isSameKind && isSameName ? undefined : `${object.kind ?? ''}/${object.name ?? ''}`;
}
