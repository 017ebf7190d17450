import type { LintFlags } from '../lint/lint-flags.ts';

/** What the command line says to `prove`, as commander hands it over. */
export interface ProveFlags
  extends Pick<LintFlags, 'format' | 'config' | 'cluster' | 'now' | 'fix' | 'drifts' | 'unsafe' | 'dryRun' | 'stdinFilename'> {
  readonly html?: string;
  readonly pool?: string;
  readonly scale: 'min' | 'current' | 'max';
  readonly strictUnknown?: boolean;
  readonly maxSeconds?: number;
  readonly featureGates?: string;
  /** Facts about the cluster, under the names of `factFlags`. */
  readonly [fact: string]: unknown;
}
