import type { Document } from '../../document/document.ts';
import { introduced } from '../../lint/introduced.ts';
import type { ObjectIdentity } from '../../text/place.ts';
import type { State } from '../git/change.ts';
import type { ExitCode } from '../shell.ts';
import { UsageError } from '../usage-error.ts';
import { openBaseline } from './baseline-file.ts';
import { causedBy } from './caused-by.ts';
import { finish } from './finish.ts';
import { type Run, run } from './run.ts';
import type { Session } from './session.ts';
import { unjudged } from './unjudged.ts';

/** Everything is judged in both states, because a change shows elsewhere too; what was there before is left out. */
export async function lintChange(before: State, after: State, session: Session): Promise<ExitCode> {
  const { flags, plan, shell, bar } = session;
  const { accepted: baseline, write } = await openBaseline(plan.settings.baseline, flags, shell);
  if (write) throw new UsageError('a baseline is made of all findings; leave --changed, --staged and --since out');
  const former = await run(before, plan, { before: undefined, baseline }, bar);
  const current = await run(after, plan, { before: storable(former), baseline }, bar);
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

/** What the API server would have refused was never in the cluster, so whatever takes its place is a new object there. */
function storable({ loaded, judged }: Run): readonly Document[] {
  const refused = new Set(
    judged.diagnostics.filter(({ effect }) => effect === 'rejected').map((each) => nameOf(each.file, each.object)),
  );
  return loaded.documents.map((document) => {
    const objects = document.objects.filter((object) => !refused.has(nameOf(document.source.file, object)));
    return objects.length < document.objects.length ? { ...document, objects } : document;
  });
}

type Named = { readonly [key in keyof ObjectIdentity]?: string | undefined };

function nameOf(file: string, { apiVersion, kind, namespace, name }: Named = {}): string {
  return JSON.stringify([file, apiVersion, kind, namespace, name]);
}
