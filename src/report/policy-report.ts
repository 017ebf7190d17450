import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import { byGravity } from './gravity.ts';
import { groupBy } from './group-by.ts';

/** The two APIs in which clusters keep such reports: one shape, two names. */
export const reportApis = [
  { apiVersion: 'openreports.io/v1alpha1', kind: 'ClusterReport', resource: 'clusterreports' },
  { apiVersion: 'wgpolicyk8s.io/v1alpha2', kind: 'ClusterPolicyReport', resource: 'clusterpolicyreports' },
] as const;

export type ReportApi = (typeof reportApis)[number];

export interface PolicyReport {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly summary: Summary;
  readonly results: readonly Result[];
}

type Outcome = 'pass' | 'fail' | 'warn' | 'error' | 'skip';
type Summary = Readonly<Record<Outcome, number>>;

interface Result {
  readonly source: string;
  readonly policy: string;
  readonly rule?: string;
  readonly category: string;
  readonly severity: 'high' | 'medium' | 'info';
  readonly result: Outcome;
  readonly scored: boolean;
  readonly message: string;
  readonly resources?: readonly object[];
  readonly properties: Readonly<Record<string, string>>;
}

export interface PolicyReportInput {
  /** Suppressed ones too: they become `skip`. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many objects of a kind were judged. */
  readonly judged: ReadonlyMap<string, number>;
  readonly api: ReportApi;
  /** Which part of the cluster this is, `1-of-3`; absent: all of it. */
  readonly shard?: string | undefined;
}

export const MANAGER: Readonly<Record<string, string>> = { 'app.kubernetes.io/managed-by': 'poolproof' };
export const SHARD = 'poolproof.dev/shard';
const LEFT_OUT = 'poolproof.dev/results-left-out';

/**
 * The findings as report objects, one a kind. They carry no time: what has not changed gives equal objects. Of more results than
 * an object should hold the gravest are kept, and the annotation says how many are not.
 */
export function policyReports(input: PolicyReportInput): readonly PolicyReport[] {
  const byKind = groupBy(input.diagnostics, ({ object }) => object?.kind ?? 'Cluster');
  const kinds = [...new Set([...input.judged.keys(), ...byKind.keys()])].sort();
  return kinds.map((kind) => policyReport(kind, byKind.get(kind) ?? [], input));
}

function policyReport(kind: string, diagnostics: readonly Diagnostic[], input: PolicyReportInput): PolicyReport {
  const { api, judged, shard } = input;
  const results = diagnostics.toSorted(byGravity).map(resultOf);
  const kept = fitting(results);
  const leftOut = results.length - kept.length;
  return {
    apiVersion: api.apiVersion,
    kind: api.kind,
    metadata: {
      name: ['poolproof', kind.toLowerCase(), ...(shard === undefined ? [] : [shard])].join('-'),
      labels: { ...MANAGER, [SHARD]: shard ?? 'all' },
      ...(leftOut > 0 && { annotations: { [LEFT_OUT]: String(leftOut) } }),
    },
    summary: summaryOf(results, diagnostics, judged.get(kind) ?? 0),
    results: kept,
  };
}

/** An API server stores nothing above 1.5 MiB, and people read no more than so many. */
const MOST_RESULTS = 1000;
const MOST_CHARACTERS = 900_000;

function fitting(results: readonly Result[]): readonly Result[] {
  let characters = 0;
  const end = results.slice(0, MOST_RESULTS).findIndex((result) => {
    characters += JSON.stringify(result).length;
    return characters > MOST_CHARACTERS;
  });
  return results.slice(0, end === -1 ? MOST_RESULTS : end);
}

/** What passed are the objects of which nothing was found. */
function summaryOf(results: readonly Result[], diagnostics: readonly Diagnostic[], judged: number): Summary {
  const count = (outcome: Outcome): number => results.filter(({ result }) => result === outcome).length;
  const found = new Set(diagnostics.filter(({ suppressed }) => !suppressed).map(({ object }) => JSON.stringify(object)));
  return { pass: Math.max(0, judged - found.size), fail: count('fail'), warn: count('warn'), error: 0, skip: count('skip') };
}

const severities: Readonly<Record<Severity, Result['severity']>> = { error: 'high', warning: 'medium', info: 'info' };

function resultOf(diagnostic: Diagnostic): Result {
  const { rule, check, code, effect, severity, message, docs, path, fingerprint, object, suppressed } = diagnostic;
  return {
    source: 'poolproof',
    policy: rule,
    ...(check !== undefined && { rule: check }),
    category: effect,
    severity: severities[severity],
    result: suppressed ? 'skip' : severity === 'error' ? 'fail' : 'warn',
    scored: !suppressed && severity === 'error',
    message,
    ...(object && { resources: [object] }),
    properties: {
      code,
      docs,
      fingerprint,
      ...(path !== '' && { path }),
      ...(suppressed && { suppressedBy: suppressed.by, reason: suppressed.reason }),
    },
  };
}
