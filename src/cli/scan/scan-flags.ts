import type { ClusterFlags } from '../cluster/open-cluster.ts';
import type { LintFlags } from '../lint/lint-flags.ts';

/** What the command line says to `scan`, as commander hands it over. */
export type ScanFlags = LintFlags & ClusterFlags & { readonly writeReports?: boolean; readonly shard?: string };
