import type { State } from '../git/change.ts';
import { type Judged, judgeDocuments, type Question } from './judge-documents.ts';
import { type Loaded, loadDocuments } from './load-documents.ts';
import { needsOfPlan } from './needs.ts';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';

/** One state of the inputs, read and judged. */
export interface Run {
  readonly state: State;
  readonly loaded: Loaded;
  readonly judged: Judged;
}

export async function run(state: State, plan: Plan, question: Omit<Question, 'documents'>, progress: Progress): Promise<Run> {
  plan.timing.begin('read and parse');
  const { inputs, read, unreadable } = state;
  const needs = needsOfPlan(plan);
  const wantsWorkloads = needs.has('workloads') || needs.has('proof');
  const opened = await loadDocuments({ inputs, read, wantsWorkloads, onFile: (done) => progress.show(done, inputs.length) });
  progress.clear();
  const closed = unreadable.map(({ file, fault }) => ({ file, reason: 'unreadable' as const, detail: fault }));
  const loaded = { ...opened, notChecked: [...closed, ...opened.notChecked] };
  const judged = await judgeDocuments({ ...question, documents: loaded.documents }, plan);
  return { state, loaded, judged };
}
