import { REVIEW_VERSION } from './admission-request.ts';

/** The answer to one request. */
export interface AdmissionResponse {
  readonly uid: string;
  readonly allowed: boolean;
  readonly status?: Status;
  /** One line each; the API server drops any with a control character. */
  readonly warnings?: readonly string[];
  /** Plain keys: the API server puts the webhook's name and a slash before them. */
  readonly auditAnnotations?: Readonly<Record<string, string>>;
}

/** The part of a `meta/v1` Status that a denial needs. */
export interface Status {
  readonly code: number;
  readonly message: string;
  readonly reason?: 'Invalid';
  readonly details?: {
    readonly name: string;
    readonly group: string;
    readonly kind: string;
    readonly causes: readonly Cause[];
  };
}

export interface Cause {
  readonly reason: 'FieldValueInvalid';
  readonly field: string;
  readonly message: string;
}

/** The body to send. */
export function reviewOf(response: AdmissionResponse): string {
  return JSON.stringify({ apiVersion: REVIEW_VERSION, kind: 'AdmissionReview', response });
}
