import { resolve } from 'node:path';
import {
  acceptedBy,
  type Baseline,
  createBaseline,
  printBaseline,
  pruneBaseline,
  readBaseline,
  updateBaseline,
} from '../../config/baseline.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { parse } from '../../document/parse.ts';
import { lineIndex } from '../../text/lines.ts';
import { readDisk } from '../files/reader.ts';
import { replaceFile } from '../files/write-file.ts';
import type { Shell } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import type { LintFlags } from './lint-flags.ts';

/** The file of accepted findings, and what this run does to it. */
export interface BaselineFile {
  readonly accepted: ReadonlyMap<string, string>;
  /** Writes what the flags ask for; undefined if they ask for nothing. */
  readonly write: ((diagnostics: readonly Diagnostic[]) => ReadonlyMap<string, string>) | undefined;
}

const REASON = 'accepted with the baseline';

export async function openBaseline(file: string | undefined, flags: LintFlags, { cwd }: Shell): Promise<BaselineFile> {
  const { baselineCreate, baselineUpdate, baselinePrune } = flags;
  const writes = baselineCreate || baselineUpdate || baselinePrune;
  if (file === undefined) {
    if (writes) throw new UsageError('--baseline FILE, or baseline in the configuration, says where the baseline is');
    return { accepted: new Map(), write: undefined };
  }
  const path = resolve(cwd, file);
  const content = readDisk({ path, file, isNamed: true });
  if ('fault' in content) {
    if (content.fault !== 'does not exist' || !(baselineCreate || baselineUpdate))
      throw new UsageError(`the baseline ${file} ${content.fault}`);
    return opened({ version: 1, findings: [] }, path, flags);
  }
  if (baselineCreate) throw new UsageError(`the baseline ${file} is there already; --baseline-update adds to it`);
  const { value, documents } = readBaseline(await parse(content.source));
  if (value) return opened(value, path, flags);
  const problem = documents.flatMap(({ problems }) => problems)[0];
  const { line, column } = lineIndex(content.source).range(problem?.at.span ?? { start: 0, end: 0 }).start;
  throw new UsageError(`${file}:${line}:${column}: ${problem?.message ?? 'is no baseline'}`);
}

function opened(baseline: Baseline, path: string, { baselineCreate, baselineUpdate, baselinePrune }: LintFlags): BaselineFile {
  const next = (diagnostics: readonly Diagnostic[]): Baseline => {
    if (baselineCreate) return createBaseline(diagnostics, REASON);
    return baselineUpdate ? updateBaseline(baseline, diagnostics, REASON) : pruneBaseline(baseline, diagnostics);
  };
  const write = (diagnostics: readonly Diagnostic[]): ReadonlyMap<string, string> => {
    const changed = next(diagnostics);
    replaceFile(path, printBaseline(changed));
    return acceptedBy(changed);
  };
  return { accepted: acceptedBy(baseline), write: baselineCreate || baselineUpdate || baselinePrune ? write : undefined };
}
