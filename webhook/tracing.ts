import type { AdmissionRequest } from './admission-request.ts';
import type { Review } from './review.ts';

/** Tells somebody else how long reviews took, one span each. */
export interface Tracing {
  /** `headers` are those of the request: a `traceparent` among them makes the span a part of the trace of whoever asks. */
  begin(headers: Readonly<Record<string, unknown>>): ReviewSpan;
  /** Sends what has not been sent; not longer than a few seconds. */
  stop(): Promise<void>;
}

/** A review that is being traced. Of an object nothing but its kind is told, of a user nothing at all. */
export interface ReviewSpan {
  judged(review: Review, request: AdmissionRequest): void;
  /** `status` is that of the HTTP answer. */
  end(status: number): void;
}
