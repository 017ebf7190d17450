import pino from 'pino';
import { type Admission, admit } from '../../../webhook/admission.ts';
import { admissionRequest } from '../../../webhook/admission-request.ts';
import { deadlineFrom } from '../../../webhook/deadline.ts';
import { gate } from '../../../webhook/gate.ts';
import { createMetrics } from '../../../webhook/metrics.ts';
import type { Review } from '../../../webhook/review.ts';
import type { Standing } from '../../../webhook/standing.ts';
import { type SnapshotView, surroundingsOf } from '../../../webhook/surroundings.ts';

let versions = 0;

/** A snapshot that stands still. */
export function still(objects: readonly unknown[], ageSeconds = 0): SnapshotView {
  return { objects: () => objects, ageSeconds: () => ageSeconds, version: ++versions };
}

export function admissionOf(standing: Standing, snapshot?: SnapshotView): Admission {
  return {
    standing: () => standing,
    around: surroundingsOf(snapshot),
    proofs: undefined,
    gate: gate(64, 512),
    metrics: createMetrics(),
    log: pino({ enabled: false }),
  };
}

/** What a review is answered, without a server round it. */
export async function answered(body: unknown, standing: Standing, snapshot?: SnapshotView): Promise<Review> {
  const request = admissionRequest(body);
  if ('fault' in request) throw new Error(request.fault);
  const review = await admit(request, deadlineFrom('10s', performance.now()), admissionOf(standing, snapshot));
  if (review === 'shed') throw new Error('shed');
  return review;
}

export function rulesOf({ findings }: Review): readonly string[] {
  return [...new Set(findings.map(({ rule }) => rule))].sort();
}
