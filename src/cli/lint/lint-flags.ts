/** What the command line says to `lint`, as commander hands it over. */
export interface LintFlags {
  readonly format?: readonly string[];
  readonly failOn?: 'error' | 'warning' | 'info' | 'never';
  readonly rule?: readonly string[];
  /** `false` for `--no-config`. */
  readonly config?: string | false;
  readonly printConfig?: boolean;
  readonly cluster?: string;
  readonly now?: string;
  readonly fix?: boolean;
  readonly drifts?: boolean;
  readonly unsafe?: boolean;
  readonly dryRun?: boolean;
  readonly old?: string;
  readonly changed?: boolean;
  readonly staged?: boolean;
  readonly since?: string;
  readonly baseline?: string;
  readonly baselineCreate?: boolean;
  readonly baselineUpdate?: boolean;
  readonly baselinePrune?: boolean;
  readonly showSuppressed?: boolean;
  readonly stdinFilename?: string;
  readonly timing?: boolean;
  readonly hook?: boolean;
  /** Facts about the cluster, under the names of `factFlags`. */
  readonly [fact: string]: unknown;
}
