import { resolve } from 'node:path';
import {
  type Accepted,
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
import { count } from '../../report/summary.ts';
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
  readonly write: ((seen: Seen) => ReadonlyMap<string, string>) | undefined;
  /** Says how much of it is not found any more. */
  readonly tellStale: (seen: Seen) => void;
}

/** What a run found, and what of the accepted findings it could have found. */
export interface Seen {
  readonly diagnostics: readonly Diagnostic[];
  readonly isLookedFor: (entry: Accepted) => boolean;
}

const REASON = 'accepted with the baseline';

export async function openBaseline(file: string | undefined, flags: LintFlags, shell: Shell): Promise<BaselineFile> {
  const { baselineCreate, baselineUpdate, baselinePrune } = flags;
  const writes = baselineCreate || baselineUpdate || baselinePrune;
  if (file === undefined) {
    if (writes) throw new UsageError('--baseline FILE, or baseline in the configuration, says where the baseline is');
    return { accepted: new Map(), write: undefined, tellStale: () => undefined };
  }
  const path = resolve(shell.cwd, file);
  const content = readDisk({ path, file, isNamed: true });
  if ('fault' in content) {
    if (content.fault !== 'does not exist' || !(baselineCreate || baselineUpdate))
      throw new UsageError(`the baseline ${file} ${content.fault}`);
    return opened({ version: 1, findings: [] }, { path, file }, flags, shell);
  }
  if (baselineCreate) throw new UsageError(`the baseline ${file} is there already; --baseline-update adds to it`);
  const { value, documents } = readBaseline(await parse(content.source));
  if (value) return opened(value, { path, file }, flags, shell);
  const problem = documents.flatMap(({ problems }) => problems)[0];
  const { line, column } = lineIndex(content.source).range(problem?.at.span ?? { start: 0, end: 0 }).start;
  throw new UsageError(`${file}:${line}:${column}: ${problem?.message ?? 'is no baseline'}`);
}

function opened(
  baseline: Baseline,
  { path, file }: { readonly path: string; readonly file: string },
  { baselineCreate, baselineUpdate, baselinePrune }: LintFlags,
  { stderr }: Shell,
): BaselineFile {
  const pruned = ({ diagnostics, isLookedFor }: Seen): Baseline => pruneBaseline(baseline, diagnostics, isLookedFor);
  const next = (seen: Seen): Baseline => {
    if (baselineCreate) return createBaseline(seen.diagnostics, REASON);
    return baselineUpdate ? updateBaseline(baseline, seen.diagnostics, REASON) : pruned(seen);
  };
  const write = (seen: Seen): ReadonlyMap<string, string> => {
    const changed = next(seen);
    replaceFile(path, printBaseline(changed));
    const [were, are] = [baseline.findings.length, changed.findings.length];
    stderr.write(
      `${file}: ${are < were ? `took ${were - are} out` : `${are - were} added`}, ${count(are, 'finding')} accepted\n`,
    );
    return acceptedBy(changed);
  };
  const tellStale = (seen: Seen): void => {
    const gone = baseline.findings.length - pruned(seen).findings.length;
    if (gone > 0)
      stderr.write(`${file}: ${count(gone, 'accepted finding')} no longer found; --baseline-prune forgets what is gone\n`);
  };
  return {
    accepted: acceptedBy(baseline),
    write: baselineCreate || baselineUpdate || baselinePrune ? write : undefined,
    tellStale,
  };
}
