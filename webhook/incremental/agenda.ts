import { grouped } from '../../src/context/grouped.ts';
import { keep } from '../../src/context/keep.ts';
import { onceFor } from '../../src/context/once.ts';
import { type Brief, briefOf } from '../../src/lint/ask.ts';
import type { Policy } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';

/** Rules that speak of one cluster after another, by what they are asked about. */
export interface Agenda {
  /** Those that are asked about single objects, whatever else is in the cluster. */
  readonly ofObjects: readonly Questions[];
  /** Of them, those that may speak of objects of a kind. */
  ofKind(kind: string): readonly Questions[];
  /** Those that are asked about all objects together. */
  readonly ofAll: readonly Brief[];
}

/** Rules that are asked about the same subjects. */
export type Questions = readonly [on: Exclude<Rule['on'], 'Context' | 'Allow'>, briefs: readonly Brief[]];

/** `ready` is what triage under the policy gave. */
export function agendaOf(ready: readonly Rule[], policy: Policy): Agenda {
  return onceFor(agendas, ready, () => made(ready.map((rule) => briefOf(rule, policy))));
}

/** A server asks the same rules at every request; triage makes a list for one policy only. */
const agendas = new WeakMap<readonly Rule[], Agenda>();

function made(briefs: readonly Brief[]): Agenda {
  const ofKinds = new Map<string, readonly Questions[]>();
  return {
    ofObjects: questions(briefs),
    ofKind: (kind) => {
      const known = ofKinds.get(kind) ?? questions(briefs.filter(({ rule }) => rule.kinds?.has(kind) ?? true));
      keep(ofKinds, kind, known);
      return known;
    },
    ofAll: briefs.filter(({ rule }) => rule.on === 'Context'),
  };
}

function questions(briefs: readonly Brief[]): readonly Questions[] {
  const groups = grouped(briefs, ({ rule }) => rule.on);
  return [...groups].flatMap(([on, some]) => (on === 'Context' || on === 'Allow' ? [] : [[on, some] as const]));
}
