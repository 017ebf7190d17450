import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Admission, admit } from './admission.ts';
import { type AdmissionRequest, admissionRequest } from './admission-request.ts';
import { type Body, MOST_BODY, uidIn } from './body.ts';
import { deadlineFrom } from './deadline.ts';
import { note, noteUnreadable } from './note.ts';
import type { ReviewSpan } from './tracing.ts';
import { answer, tooLarge, type Wire, withoutVerdict } from './without-verdict.ts';

/** Answers `POST /validate/<kind>`; the body has been read into a `Body`. */
export function reviewRoute(admission: Admission): (request: FastifyRequest, reply: FastifyReply) => Promise<string> {
  return async (request, reply) => {
    const began = performance.now();
    const span = admission.tracing?.begin(request.headers);
    const wire = await wireFor({ query: request.query, began, span }, request.body as Body | undefined, admission);
    span?.end(wire.status);
    admission.metrics.duration.observe((performance.now() - began) / 1000);
    void reply.code(wire.status).type(wire.type);
    return wire.body;
  };
}

/** A call, apart from its body. */
interface Call {
  readonly query: unknown;
  /** Milliseconds on the clock of `performance`. */
  readonly began: number;
  readonly span: ReviewSpan | undefined;
}

async function wireFor(call: Call, body: Body | undefined, admission: Admission): Promise<Wire> {
  const { policy } = admission.standing();
  if (!body) {
    noteUnreadable(admission);
    return withoutVerdict(undefined, 'there is no body', 400, policy);
  }
  if (body.kind === 'refused') return refused(body, admission);
  try {
    admission.metrics.bodyBytes.observe(body.bytes.length);
    const request = parsed(body.bytes);
    if (!('fault' in request)) return await answered(request, call, admission);
    noteUnreadable(admission);
    return withoutVerdict(request.uid, request.fault, 400, policy);
  } finally {
    body.release();
  }
}

function refused({ why, head }: Extract<Body, { kind: 'refused' }>, { metrics, standing }: Admission): Wire {
  metrics.shed.inc({ reason: why });
  const { policy } = standing();
  if (why === 'too-large') return tooLarge(uidIn(head), MOST_BODY, policy);
  return withoutVerdict(uidIn(head), 'too many bytes are being reviewed', 503, policy);
}

function parsed(bytes: Buffer): ReturnType<typeof admissionRequest> {
  try {
    return admissionRequest(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: 'the body is not JSON', uid: undefined };
    throw error;
  }
}

async function answered(request: AdmissionRequest, { query, began, span }: Call, admission: Admission): Promise<Wire> {
  const { policy } = admission.standing();
  const timeout = (query as { readonly timeout?: unknown }).timeout;
  try {
    const review = await admit(request, deadlineFrom(timeout, began), admission);
    if (review === 'shed') return withoutVerdict(request.uid, 'too many reviews at a time', 503, policy);
    span?.judged(review, request);
    return answer(note(review, request, performance.now() - began, admission));
  } catch (error) {
    admission.metrics.errors.inc({ stage: 'review' });
    admission.log.error({ err: error, uid: request.uid, kind: request.kind }, 'a review crashed: this is a bug');
    return withoutVerdict(request.uid, 'the review failed', 500, policy);
  }
}
