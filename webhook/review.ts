import type { AdmissionMode } from '../src/config/config.ts';
import type { Diagnostic } from '../src/diagnostic/diagnostic.ts';
import type { AdmissionPolicy } from './admission-policy.ts';
import type { AdmissionRequest } from './admission-request.ts';
import type { AdmissionResponse } from './admission-response.ts';
import { denial } from './denial.ts';
import { gravestFirst, notFullyChecked, warningText, withinBudget } from './finding-text.ts';
import { otherThan } from './other-than.ts';

/** What became of a request: `audit` was noted only, `skip` was not looked at. */
export type Decision = 'skip' | 'allow' | 'audit' | 'warn' | 'deny';

export interface Review {
  readonly decision: Decision;
  readonly response: AdmissionResponse;
  /** Findings that were counted, suppressed and exempted ones left out. */
  readonly findings: readonly Diagnostic[];
}

export interface ReviewInput {
  readonly request: AdmissionRequest;
  readonly policy: AdmissionPolicy;
  /** What the request brings in. */
  readonly introduced: readonly Diagnostic[];
  /** Those of them that may deny; the others hang on what is known of the cluster, and that is too old. */
  readonly certain: ReadonlySet<Diagnostic>;
  /** Why not all was checked, half a sentence each. */
  readonly unchecked: readonly string[];
  /** The day in UTC, `2027-01-31`. */
  readonly today: string;
  /** Short hash of the configuration. */
  readonly config: string;
}

/** From findings to the answer. */
export function review(input: ReviewInput): Review {
  const { request, policy, introduced, certain, unchecked, today } = input;
  const counted = gravestFirst(
    introduced.filter(({ rule, suppressed }) => !suppressed && !policy.exemption(rule, request, today)),
  ).filter(({ rule }) => policy.modeOf(rule) !== 'off');
  const isDenied = (diagnostic: Diagnostic): boolean =>
    policy.modeOf(diagnostic.rule) === 'enforce' && policy.canDeny(diagnostic.severity) && certain.has(diagnostic);
  const denied = counted.filter(isDenied);
  const warned = counted.filter((diagnostic) => !isDenied(diagnostic) && policy.modeOf(diagnostic.rule) !== 'audit');
  const isHeard = policy.strongest === 'warn' || policy.strongest === 'enforce';
  const warnings = withinBudget(
    warned.map((diagnostic) => warningText(diagnostic, otherThan(request, diagnostic))),
    isHeard ? unchecked.map(notFullyChecked) : [],
  );
  const decision = decisionOf(denied.length, warnings.length, counted.length);
  return {
    decision,
    findings: counted,
    response: {
      uid: request.uid,
      allowed: denied.length === 0,
      ...(denied.length > 0 && { status: denial(denied, request, policy.denyFormat) }),
      ...(warnings.length > 0 && { warnings }),
      auditAnnotations: annotations(decision, counted, policy.mode, input.config),
    },
  };
}

function decisionOf(denied: number, warned: number, counted: number): Decision {
  if (denied > 0) return 'deny';
  if (warned > 0) return 'warn';
  return counted > 0 ? 'audit' : 'allow';
}

/** Lets a request through that is not to be judged. */
export function skipped({ uid }: AdmissionRequest, mode: AdmissionMode, config: string): Review {
  return {
    decision: 'skip',
    findings: [],
    response: { uid, allowed: true, auditAnnotations: annotations('skip', [], mode, config) },
  };
}

/** The API server drops what has no value. */
function annotations(
  decision: Decision,
  findings: readonly Diagnostic[],
  mode: AdmissionMode,
  config: string,
): Readonly<Record<string, string>> {
  const rules = [...new Set(findings.map(({ rule }) => rule))].join(',');
  return { decision, ...(rules !== '' && { rules }), mode, config };
}
