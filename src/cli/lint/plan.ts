import type { Settings, Sources } from '../../config/settings.ts';
import type { Document } from '../../document/document.ts';
import type { Rule } from '../../lint/rule.ts';
import type { Timing } from './timing.ts';

/** All that is decided before the first input is read. */
export interface Plan {
  readonly sources: Sources;
  /** What holds where no cluster of the configuration is meant. */
  readonly settings: Settings;
  /** The one cluster of the configuration to judge; absent: all. */
  readonly cluster: string | undefined;
  readonly rules: readonly Rule[];
  /** A file's path relative to the configuration's folder: what its globs speak of. */
  readonly pathOf: (file: string) => string;
  /** The configuration's own documents, so that what is doubtful in it is reported too. */
  readonly configDocuments: readonly Document[];
  readonly now: number;
  readonly timing: Timing;
}
