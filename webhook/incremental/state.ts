import type { Context } from '../../src/context/context.ts';
import { type Judge, link } from '../../src/context/link.ts';
import { once } from '../../src/context/once.ts';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import type { Document } from '../../src/document/document.ts';
import { ask, type Subject } from '../../src/lint/ask.ts';
import { type Atlas, atlas } from '../../src/lint/atlas.ts';
import { dayOf } from '../../src/lint/lint.ts';
import type { Policy } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { worldOf } from '../../src/lint/run-world.ts';
import { type Claim, settle } from '../../src/lint/settle.ts';
import { suppressions } from '../../src/lint/suppress.ts';
import { triage } from '../../src/lint/triage.ts';
import type { Facts, World } from '../../src/lint/world.ts';
import { ChangedContext, type Replacement, replaced } from './changed-context.ts';
import { changedWorld } from './changed-world.ts';
import type { Entry } from './entry.ts';

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
  readonly context: Context;
  readonly world: World;
  readonly map: Atlas;
  /** The rules that may speak of it. */
  readonly ready: readonly Rule[];
}

export function stateOf(documents: readonly Document[], now: number, { rules, policy, judge, facts }: Basis): State {
  const context = link({ documents, before: [], judge });
  const world = worldOf(facts(now), context, false);
  const map = once(() => atlas(documents));
  return { now, context, world, map: lazily(map), ready: triage(rules, world, policy).ready };
}

/** The same with one document replaced. `hasBefore`: it is an update that is judged. */
export function changedState(former: State, replacement: Replacement, hasBefore: boolean, basis: Basis): State {
  const { policy, rules, judge, facts } = basis;
  const { now } = former;
  const context = new ChangedContext(former.context, replacement, judge);
  const object = replacement.next?.objects[0];
  const pool = object?.kind === 'NodePool' ? context.poolOf(object) : undefined;
  const world = changedWorld(former.world, facts(now), { context, hasBefore, pool });
  const file = (replacement.next ?? replacement.old)?.source.file;
  const { old, next } = replacement;
  const own = once(() => atlas(replaced(former.map.documents(file ?? ''), old, next)));
  const map = (of: string): Atlas => (of === file ? own() : former.map);
  return { now, context, world, map: byFile(map), ready: triage(rules, world, policy).ready };
}

function lazily(map: () => Atlas): Atlas {
  return byFile(map);
}

function byFile(map: (file: string) => Atlas): Atlas {
  return {
    lines: (file) => map(file).lines(file),
    documents: (file) => map(file).documents(file),
    objectAt: (place) => map(place.file).objectAt(place),
  };
}

/** What a rule says of some subjects, which are of one document. */
export function asked(
  rule: Rule,
  subjects: readonly Subject[],
  { now, world, map }: State,
  { policy }: Basis,
): { readonly said: readonly Diagnostic[]; readonly crash: Entry['crash'] } {
  const claims: Claim[] = [];
  let crash: Entry['crash'];
  const onCrash = (_: Rule, error: unknown): void => {
    crash = { error };
  };
  ask(rule, subjects, { world, policy, map, onCrash }, claims);
  if (claims.length === 0) return crash ? { said: nothing, crash } : silence;
  return { said: settle(claims, policy, suppressions([], policy, dayOf(now)), map), crash };
}

const nothing: readonly Diagnostic[] = [];
const silence = { said: nothing, crash: undefined };
