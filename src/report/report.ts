import type { Diagnostic, Severity } from '../diagnostic/diagnostic.ts';
import type { NotCheckedReason } from '../document/document.ts';
import type { Rule } from '../lint/rule.ts';
import type { Skipped } from '../lint/triage.ts';
import type { Target } from '../lint/world.ts';
import type { Range } from '../text/lines.ts';
import type { Source } from '../text/place.ts';

/** Everything one run of `lint` has to say; each reporter turns it into the text of one format. */
export interface Report {
  readonly tool: { readonly name: string; readonly version: string };
  readonly target: Target;
  /** Date of the instance-type catalog, where one was loaded. */
  readonly catalogAsOf: string | undefined;
  readonly summary: Summary;
  readonly notChecked: readonly NotCheckedInput[];
  readonly skipped: readonly Skipped[];
  readonly diagnostics: readonly Diagnostic[];
  /** The texts that diagnostics point into, for source frames. */
  readonly sources: ReadonlyMap<string, Source>;
  /** The rules of the run, for formats that describe them. */
  readonly rules: readonly Rule[];
  /** Least severity that makes the run fail. */
  readonly failOn: Severity | 'never';
}

export interface Summary {
  readonly files: number;
  readonly documents: number;
  /** Objects that some rule judged, and objects of other kinds that were only context or passed over. */
  readonly objects: number;
  readonly otherObjects: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly suppressed: number;
}

export interface NotCheckedInput {
  readonly file: string;
  readonly range?: Range;
  readonly reason: NotCheckedReason;
  readonly detail: string;
}

/** A reporter: pure, the whole text of its format at once. */
export type Reporter = (report: Report, options: ReportOptions) => string;

export interface ReportOptions {
  readonly color: boolean;
  /** Columns of the terminal; 0 where there is none. */
  readonly width: number;
}
