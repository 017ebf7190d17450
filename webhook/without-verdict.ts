import type { AdmissionPolicy } from './admission-policy.ts';
import type { AdmissionRequest } from './admission-request.ts';
import { type AdmissionResponse, reviewOf } from './admission-response.ts';
import { notFullyChecked } from './finding-text.ts';
import { type Review, review } from './review.ts';

/** Answers where nobody looked at the object. */

/** What goes back over the wire: where no answer would be honest, `failurePolicy` shall decide, and a bare failure asks it to. */
export interface Wire {
  readonly status: number;
  readonly type: 'application/json' | 'text/plain';
  readonly body: string;
}

/**
 * By mode: whoever enforces leaves it to the `failurePolicy` of the webhook, everybody else lets pass and says so. Never with a
 * Retry-After: the API server would try again until its time is up, and make its client wait.
 */
export function withoutVerdict(uid: string | undefined, why: string, status: 400 | 500 | 503, policy: AdmissionPolicy): Wire {
  if (uid === undefined || policy.strongest === 'enforce') return { status, type: 'text/plain', body: `poolproof: ${why}\n` };
  const isHeard = policy.strongest === 'warn';
  return answer({
    uid,
    allowed: true,
    ...(isHeard && { warnings: [notFullyChecked(why)] }),
    auditAnnotations: { decision: 'skip', mode: policy.mode },
  });
}

/** A body beyond what any review of an API server is: whoever enforces denies it, and says so in so many words. */
export function tooLarge(uid: string | undefined, most: number, policy: AdmissionPolicy): Wire {
  const why = `the review is larger than ${most} bytes`;
  if (uid === undefined || policy.strongest !== 'enforce') return withoutVerdict(uid, why, 400, policy);
  return answer({ uid, allowed: false, status: { code: 413, message: `poolproof: ${why}` } });
}

/** A review that says what was not looked at, and lets pass. */
export function unchecked(request: AdmissionRequest, why: string, policy: AdmissionPolicy, config: string): Review {
  return review({ request, policy, introduced: [], certain: new Set(), unchecked: [why], today: '', config });
}

export function answer(response: AdmissionResponse): Wire {
  return { status: 200, type: 'application/json', body: reviewOf(response) };
}
