import type { Diagnostic, RelatedLocation } from '../diagnostic/diagnostic.ts';
import type { Report } from './report.ts';

/** The public contract, version 1; `schema/lint.schema.json` holds its shape. */
export function json(report: Report): string {
  const { tool, summary, notChecked, skipped, diagnostics } = report;
  const document = {
    version: 1,
    tool: { name: tool.name, version: tool.version },
    target: target(report),
    summary,
    notChecked,
    skipped,
    diagnostics: diagnostics.map(record),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** What is unknown of the cluster is null. */
function target({ target, catalogAsOf }: Report): object {
  return {
    karpenterVersion: target.karpenterVersion,
    kubernetesVersion: target.kubernetesVersion ?? null,
    region: target.region ?? null,
    zones: target.zones ?? null,
    profile: target.profile,
    catalog: { asOf: catalogAsOf ?? null },
  };
}

/** Key by key, so that the order is ours and nothing of the engine's leaks out; absent parts are left out. */
function record(diagnostic: Diagnostic): object {
  const { rule, code, severity, check, effect, message, why, docs, file, range, object, path } = diagnostic;
  const { related, evidence, fixes, fingerprint, assumptions, clusters, suppressed } = diagnostic;
  return {
    rule,
    code,
    severity,
    check,
    effect,
    message,
    why,
    docs,
    file,
    range,
    object,
    path,
    related: related.map(relatedRecord),
    evidence,
    fixes: fixes.map(({ title, safety, edits }) => ({ title, safety, edits })),
    fingerprint,
    assumptions,
    clusters,
    suppressed,
  };
}

function relatedRecord({ file, range, object, path, message }: RelatedLocation): object {
  return { file, range, object, path, message };
}
