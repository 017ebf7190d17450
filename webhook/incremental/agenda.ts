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
  /** Of them, those of which is known what they look at in a pool; and the others. */
  readonly ofParts: readonly Attentive[];
  readonly ofWholes: Agenda['ofObjects'];
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
  const ofParts = [...grouped(briefs.filter(isAttentive), ({ rule }) => (rule.reads ?? []).join())];
  return {
    ofObjects: byKind(briefs),
    ofParts: ofParts.map(([, some]) => ({ reads: some[0]?.rule.reads ?? [], briefs: some })),
    ofWholes: byKind(briefs.filter((brief) => !isAttentive(brief))),
    ofAll: briefs.filter(({ rule }) => rule.on === 'Context'),
  };
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
