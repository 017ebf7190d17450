import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { inReadingOrder } from '../../lint/settle.ts';
import type { Skipped } from '../../lint/triage.ts';
import type { Judged } from './judge-documents.ts';

/** What was said of one cluster; without a name, of the files that belong to none. */
export interface Part {
  readonly cluster: string | undefined;
  readonly judged: Judged;
}

/** One answer for a repository of several clusters. */
export function mergeClusters(parts: readonly Part[]): Judged {
  return {
    ...merged(parts),
    skipped: mergedSkips(parts.flatMap(({ judged }) => judged.skipped)),
    catalogAsOf: parts.find(({ judged }) => judged.catalogAsOf !== undefined)?.judged.catalogAsOf,
  };
}

/** Equal findings of several clusters once, with the names of the clusters. */
function merged(parts: readonly Part[]): Pick<Judged, 'diagnostics' | 'failing'> {
  const byIdentity = new Map<string, { readonly diagnostic: Diagnostic; readonly clusters: string[]; fails: boolean }>();
  for (const { cluster, judged } of parts) {
    for (const diagnostic of judged.diagnostics) {
      const { fingerprint, file, range, path, message, severity, suppressed } = diagnostic;
      const identity = JSON.stringify([fingerprint, file, range?.start.offset, path, message, severity, suppressed?.by]);
      const known = byIdentity.get(identity) ?? { diagnostic, clusters: [], fails: false };
      if (cluster !== undefined) known.clusters.push(cluster);
      known.fails ||= judged.failing.has(diagnostic);
      byIdentity.set(identity, known);
    }
  }
  const all = [...byIdentity.values()].map(({ diagnostic, clusters, fails }) => {
    return { fails, diagnostic: clusters.length > 0 ? { ...diagnostic, clusters } : diagnostic };
  });
  const diagnostics = all.map(({ diagnostic }) => diagnostic).sort(inReadingOrder);
  return { diagnostics, failing: new Set(all.filter(({ fails }) => fails).map(({ diagnostic }) => diagnostic)) };
}

function mergedSkips(skips: readonly Skipped[]): readonly Skipped[] {
  const byNeed = new Map<string, Skipped>();
  for (const skip of skips) {
    const known = byNeed.get(skip.need);
    byNeed.set(skip.need, known ? { ...known, rules: [...new Set([...known.rules, ...skip.rules])] } : skip);
  }
  return [...byNeed.values()];
}
