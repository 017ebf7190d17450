import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { AdmissionRequest } from './admission-request.ts';
import type { Cause, Status } from './admission-response.ts';
import { fieldPath } from './field-path.ts';
import { causeText } from './finding-text.ts';
import { otherThan } from './other-than.ts';

/** More nobody reads, and GitOps tools show a message as a whole. */
const MOST_CAUSES = 10;

/** Why a request is denied: cause by cause, as kubectl prints those of the API server itself, or as a message with the webhook's name. */
export function denial(findings: readonly Diagnostic[], request: AdmissionRequest, format: 'causes' | 'message'): Status {
  const shown = findings.slice(0, MOST_CAUSES).map((diagnostic) => causeOf(diagnostic, request));
  const left = findings.length - shown.length;
  const more = left > 0 ? [`poolproof: … and ${left} more, run \`poolproof lint\``] : [];
  const lines = shown.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`));
  const message = [...lines, ...more].join('\n');
  if (format === 'message') return { code: 403, message };
  const causes = [...shown, ...more.map((text): Cause => ({ reason: 'FieldValueInvalid', field: '', message: text }))];
  const { name, group, kind } = request;
  return { code: 422, reason: 'Invalid', message, details: { name, group, kind, causes } };
}

function causeOf(diagnostic: Diagnostic, request: AdmissionRequest): Cause {
  const other = otherThan(request, diagnostic);
  return {
    reason: 'FieldValueInvalid',
    field: other === undefined ? fieldPath(diagnostic.path, request.object) : '',
    message: causeText(diagnostic, other),
  };
}
