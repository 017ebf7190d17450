import { keep } from '../../src/context/keep.ts';
import { onceFor } from '../../src/context/once.ts';
import { type Brief, briefOf } from '../../src/lint/ask.ts';
import type { Part } from '../../src/lint/part.ts';
import type { Policy } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';

/** Rules that look at the same parts of a pool, everywhere in the same way. */
export interface Attentive {
  readonly reads: readonly Part[];
  readonly briefs: readonly Brief[];
}

/** Rules that speak of one cluster after another, by what they are asked about. */
export interface Agenda {
  /** Those that are asked about single objects, kind by kind. */
  readonly ofObjects: readonly (readonly [on: Exclude<Rule['on'], 'Context' | 'Allow'>, briefs: readonly Brief[]])[];
  /** Of them, those of which is known what they look at in a pool; and the others that may speak of a kind. */
  readonly ofParts: readonly Attentive[];
  readonly ofWholes: (kind: string) => Agenda['ofObjects'];
  /** Those that are asked about all objects together. */
  readonly ofAll: readonly Brief[];
}

/** `ready` is what triage under the policy gave. */
export function agendaOf(ready: readonly Rule[], policy: Policy): Agenda {
  return onceFor(agendas, ready, () => made(ready.map((rule) => briefOf(rule, policy))));
}

/** A server asks the same rules at every request; triage makes a list for one policy only. */
const agendas = new WeakMap<readonly Rule[], Agenda>();

function made(briefs: readonly Brief[]): Agenda {
  const isAttentive = ({ rule, isTuned }: Brief): boolean => rule.reads !== undefined && !isTuned;
  const wholes = briefs.filter((brief) => !isAttentive(brief));
  const ofWholes = new Map<string, Agenda['ofObjects']>();
  return {
    ofObjects: byKind(briefs),
    ofParts: byParts(briefs.filter(isAttentive)),
    ofWholes: (kind) => {
      const known = ofWholes.get(kind) ?? byKind(wholes.filter(({ rule }) => rule.kinds?.has(kind) ?? true));
      keep(ofWholes, kind, known);
      return known;
    },
    ofAll: briefs.filter(({ rule }) => rule.on === 'Context'),
  };
}

/** Who reads less is asked together with whoever reads that and more, unless the more is seldom the same twice. */
function byParts(briefs: readonly Brief[]): readonly Attentive[] {
  const sets = [...grouped(briefs, ({ rule }) => (rule.reads ?? []).join())].map(([, some]) => ({
    reads: some[0]?.rule.reads ?? [],
    briefs: [...some],
  }));
  sets.sort((a, b) => b.reads.length - a.reads.length);
  const groups: typeof sets = [];
  for (const set of sets) {
    const wider = groups.find(({ reads }) => set.reads.every((part) => reads.includes(part)) && isAsSteady(reads, set.reads));
    if (wider) wider.briefs.push(...set.briefs);
    else groups.push(set);
  }
  return groups;
}

const unsteady: readonly Part[] = ['limits', 'nodeClassRef', 'class', 'cluster'];

function isAsSteady(more: readonly Part[], less: readonly Part[]): boolean {
  return unsteady.every((part) => !more.includes(part) || less.includes(part));
}

function byKind(briefs: readonly Brief[]): Agenda['ofObjects'] {
  return [...grouped(briefs, ({ rule }) => rule.on)].flatMap(([on, some]) =>
    on === 'Context' || on === 'Allow' ? [] : [[on, some] as const],
  );
}

function grouped<K>(briefs: readonly Brief[], keyOf: (brief: Brief) => K): ReadonlyMap<K, readonly Brief[]> {
  const groups = new Map<K, Brief[]>();
  for (const brief of briefs) {
    const same = groups.get(keyOf(brief));
    if (same) same.push(brief);
    else groups.set(keyOf(brief), [brief]);
  }
  return groups;
}
