import { introduced } from '../../lint/introduced.ts';
import type { State } from '../git/change.ts';
import type { ExitCode } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { openBaseline } from './baseline-file.ts';
import { causedBy } from './caused-by.ts';
import { finish } from './finish.ts';
import { run } from './run.ts';
import type { Session } from './session.ts';
import { unjudged } from './unjudged.ts';

/** Everything is judged in both states, because a change shows elsewhere too; what was there before is left out. */
export async function lintChange(before: State, after: State, session: Session): Promise<ExitCode> {
  const { flags, plan, shell, bar } = session;
  const { accepted: baseline, write } = await openBaseline(plan.settings.baseline, flags, shell);
  if (write) throw new UsageError('a baseline is made of all findings; leave --changed, --staged and --since out');
  const former = await run(before, plan, { before: undefined, baseline }, bar);
  const current = await run(after, plan, { before: former.loaded.documents, baseline }, bar);
  const brought = introduced(current.judged.diagnostics, former.judged.diagnostics);
  const told = causedBy(brought, former.loaded.documents, current.loaded.documents);
  const failing = new Set([...current.judged.failing].map((diagnostic) => told.get(diagnostic) ?? diagnostic));
  const owed = new Set(unjudged(former.loaded, former.state.inputs));
  const notChecked = current.loaded.notChecked.filter(({ file }) => !owed.has(file));
  const documents = current.loaded.documents.filter(({ source }) => !owed.has(source.file));
  return finish(
    {
      ...current,
      loaded: { ...current.loaded, documents, notChecked },
      judged: { ...current.judged, diagnostics: [...told.values()], failing },
    },
    session,
  );
}
