import type { Logger } from 'pino';
import type { AdmissionRequest } from './admission-request.ts';
import type { Deadline } from './deadline.ts';
import type { Gate } from './gate.ts';
import type { Metrics } from './metrics.ts';
import type { Proofs } from './proof.ts';
import { type Review, review, skipped } from './review.ts';
import type { Standing } from './standing.ts';
import { subjectOf } from './subject.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tracing } from './tracing.ts';
import { isTerminating, unjudged } from './unjudged.ts';
import { unchecked } from './without-verdict.ts';

/** What answers reviews, apart from how they come in. */
export interface Admission {
  /** The configuration that counts now. */
  readonly standing: () => Standing;
  readonly around: (now: number) => Surroundings | undefined;
  readonly proofs: Proofs | undefined;
  readonly gate: Gate;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly tracing?: Tracing | undefined;
}

/** The answer to a request; `shed` where there was no room to look at it. */
export async function admit(request: AdmissionRequest, deadline: Deadline, admission: Admission): Promise<Review | 'shed'> {
  const standing = admission.standing();
  const { policy, config } = standing;
  if (unjudged(request, policy)) return skipped(request, policy.mode, config);
  const way = await admission.gate.enter(deadline);
  if (typeof way === 'string') {
    admission.metrics.shed.inc({ reason: way === 'full' ? 'queue' : 'deadline' });
    return 'shed';
  }
  try {
    return await judged(request, deadline, standing, admission);
  } finally {
    way();
  }
}

async function judged(request: AdmissionRequest, deadline: Deadline, standing: Standing, admission: Admission): Promise<Review> {
  const { policy, config } = standing;
  const now = Date.now();
  const today = new Date(now).toISOString().slice(0, 10);
  const around = admission.around(now);
  const subject = subjectOf(request, around, policy);
  if (!subject) return unchecked(request, 'the pool that is scaled is not known without a snapshot', policy, config);
  // Of a Scale only the pool itself tells that it is going.
  if (isTerminating(subject.object)) return skipped(request, policy.mode, config);
  const isStale = around !== undefined && around.ageSeconds > policy.snapshotMaxAgeSeconds;
  const { wantsProof, input } = standing;
  const isProvable = wantsProof && around && (around.hasWorkloads || input.declaredPods.length > 0);
  const asked = isProvable ? admission.proofs?.ask(subject, around, now, deadline) : undefined;
  const quick = standing.judge(subject, around, now, isStale);
  for (const { rule, error } of quick.crashes) {
    admission.metrics.errors.inc({ stage: 'rule' });
    admission.log.error({ rule, err: error, kind: request.kind }, 'a rule crashed: this is a bug');
  }
  const proof = (await asked) ?? { introduced: [], unchecked: undefined };
  const why = [...quick.crashes.map(({ rule }) => `the rule ${rule} failed`), ...(proof.unchecked ? [proof.unchecked] : [])];
  const introduced = [...quick.introduced, ...proof.introduced];
  // What a proof says hangs on the whole cluster.
  const certain = isStale ? quick.certain : new Set(introduced);
  return review({ request, policy, introduced, certain, unchecked: why, today, config });
}
