import type { Context } from '../../src/context/context.ts';
import { type Judge, link } from '../../src/context/link.ts';
import { once } from '../../src/context/once.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Document } from '../../src/document/document.ts';
import { isKarpenters } from '../../src/document/objects.ts';
import { ask, type Brief, type Run, type Subject } from '../../src/lint/ask.ts';
import { type Atlas, atlas } from '../../src/lint/atlas.ts';
import { dayOf } from '../../src/lint/lint.ts';
import type { Policy } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { worldOf } from '../../src/lint/run-world.ts';
import { type Claim, settle } from '../../src/lint/settle.ts';
import { suppressions } from '../../src/lint/suppress.ts';
import { triage } from '../../src/lint/triage.ts';
import type { Facts, World } from '../../src/lint/world.ts';
import { type Agenda, agendaOf } from './agenda.ts';
import { ChangedContext } from './changed-context.ts';
import { changedWorld } from './changed-world.ts';
import { type Exchange, replaced } from './exchange.ts';

/** What judging hangs on beside the objects. */
export interface Basis {
  readonly rules: readonly Rule[];
  readonly policy: Policy;
  readonly judge: Judge;
  /** As of an instant. */
  facts(now: number): Facts;
  /** Told of each rule as it begins, and of what is none. */
  observe(part: Rule | 'settle'): void;
}

/** A cluster at an instant, linked and ready to be asked about. Documents of an API server: there is no comment in them. */
export interface State {
  readonly now: number;
  /** The day of `now`. */
  readonly today: string;
  readonly context: Context;
  readonly world: World;
  readonly map: Atlas;
  /** The rules that may speak of it. */
  readonly ready: readonly Rule[];
  /** Those that may, where it is an update that is judged. */
  readonly ofUpdates: () => readonly Rule[];
  readonly agenda: Agenda;
}

export function stateOf(documents: readonly Document[], now: number, { rules, policy, judge, facts }: Basis): State {
  const context = link({ documents, before: [], judge });
  const world = worldOf(facts(now), context, false);
  const map = once(() => atlas(documents));
  const { ready } = triage(rules, world, policy);
  const ofUpdates = once(() => triage(rules, worldOf(facts(now), context, true), policy).ready);
  return { now, today: dayOf(now), context, world, map: byFile(map), ready, ofUpdates, agenda: agendaOf(ready, policy) };
}

/** The same with one document replaced. `hasBefore`: it is an update that is judged. */
export function changedState(former: State, documents: Exchange<Document>, hasBefore: boolean, basis: Basis): State {
  const { policy, rules, judge, facts } = basis;
  const { now, today, ofUpdates } = former;
  const context = new ChangedContext(former.context, documents, judge);
  const world = changedWorld(former.world, facts(now), { context, hasBefore, pools: context.pools });
  const { was, is } = documents;
  const file = (is ?? was)?.source.file;
  const own = once(() => atlas(replaced(former.map.documents(file ?? ''), documents)));
  const map = byFile((of) => (of === file ? own() : former.map));
  const alike = hasBefore ? ofUpdates : () => former.ready;
  const ready = meetsAlike(former, documents) ? alike() : triage(rules, world, policy).ready;
  return { now, today, context, world, map, ready, ofUpdates, agenda: agendaOf(ready, policy) };
}

/** Whether what rules need is there as before: another pool is, whatever becomes of this one, and as much as before comes from a cluster. */
function meetsAlike({ context }: State, { was, is }: Exchange<Document>): boolean {
  const objects = [was, is].map((document) => document?.objects[0]);
  const [wasLive, isLive] = objects.map((object) => object?.node.get('status') !== undefined);
  const areKarpenters = objects.every((object) => !object || isKarpenters(object.apiVersion, object.kind));
  return areKarpenters && wasLive === isLive && context.nodePools.length > 1;
}

function byFile(map: (file: string) => Atlas): Atlas {
  return {
    lines: (file) => map(file).lines(file),
    documents: (file) => map(file).documents(file),
    objectAt: (place) => map(place.file).objectAt(place),
  };
}

/** What was said, and which rules threw. */
export interface Answer {
  readonly said: readonly Diagnostic[];
  readonly crashes: readonly (readonly [rule: string, error: unknown])[];
}

/** What a rule says of a subject. */
export function asked(brief: Brief, subject: Subject, state: State, basis: Basis): Answer {
  return answered(state, basis, (run, claims) => ask(brief, [subject], run, claims));
}

/** What rules say that are asked by `tell`. */
export function answered({ today, world, map }: State, { policy }: Basis, tell: (run: Run, claims: Claim[]) => void): Answer {
  const claims: Claim[] = [];
  let crashes: Answer['crashes'] = nothing;
  const onCrash = ({ id }: Rule, error: unknown): void => {
    crashes = [...crashes, [id, error]];
  };
  tell({ world, policy, map, onCrash }, claims);
  if (claims.length === 0) return crashes === nothing ? silence : { said: nothing, crashes };
  return { said: settle(claims, policy, suppressions([], policy, today), map), crashes };
}

const nothing: readonly never[] = [];
const silence: Answer = { said: nothing, crashes: nothing };
