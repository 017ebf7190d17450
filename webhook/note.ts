import type { Admission } from './admission.ts';
import type { AdmissionRequest } from './admission-request.ts';
import type { AdmissionResponse } from './admission-response.ts';
import { cleanLine } from './clean-line.ts';
import type { Review } from './review.ts';

/** Counts and logs a review, and adds to its answer how long it took. Of the object only kind and name are told. */
export function note(
  { decision, findings, response }: Review,
  request: AdmissionRequest,
  milliseconds: number,
  { metrics, log, standing }: Admission,
): AdmissionResponse {
  const { mode } = standing().policy;
  const { uid, kind, name, operation, user, dryRun } = request;
  const known = { kind: knownOr(kind, kinds), operation: knownOr(operation, operations) };
  metrics.requests.inc({ ...known, decision, mode, dry_run: String(dryRun) });
  for (const { rule, severity } of findings) metrics.findings.inc({ rule, severity });
  const ms = Math.round(milliseconds * 1000) / 1000;
  const level = decision === 'allow' || decision === 'skip' ? 'debug' : 'info';
  // Most lines are never written: then nothing is made for them.
  if (log.isLevelEnabled(level)) {
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    const asked = { kind: brief(kind), name: brief(name), operation: brief(operation), user: brief(user) };
    log[level]({ uid, ...asked, dryRun, decision, rules, mode, ms }, 'review');
  }
  return { ...response, auditAnnotations: { ...response.auditAnnotations, 'duration-ms': String(ms) } };
}

/** Something came in that is no review: a scan of the port, or a caller that went away. */
export function noteUnreadable({ metrics, standing }: Admission): void {
  const { mode } = standing().policy;
  metrics.requests.inc({ kind: 'other', operation: 'other', decision: 'unreadable', mode, dry_run: 'false' });
}

const kinds: ReadonlySet<string> = new Set(['NodePool', 'EC2NodeClass', 'NodeOverlay', 'Scale']);
const operations: ReadonlySet<string> = new Set(['CREATE', 'UPDATE', 'DELETE', 'CONNECT']);

/** Whoever reaches the port may send any word, and each would be a time series of its own. */
function knownOr(word: string, known: ReadonlySet<string>): string {
  return known.has(word) ? word : 'other';
}

function brief(text: string): string {
  return cleanLine(text, 253);
}
