import { onceFor } from '../../src/context/once.ts';
import { type Brief, briefOf } from '../../src/lint/ask.ts';
import type { Policy } from '../../src/lint/policy.ts';
import type { Rule } from '../../src/lint/rule.ts';

/** Rules that speak of one cluster after another, by what they are asked about. */
export interface Agenda {
  /** Those that are asked about single objects, kind by kind, whatever else is in the cluster. */
  readonly ofObjects: readonly (readonly [on: Exclude<Rule['on'], 'Context' | 'Allow'>, briefs: readonly Brief[]])[];
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
  const byKind = new Map<Rule['on'], Brief[]>();
  for (const brief of briefs) {
    const same = byKind.get(brief.rule.on);
    if (same) same.push(brief);
    else byKind.set(brief.rule.on, [brief]);
  }
  const ofObjects = [...byKind].flatMap(([on, some]) => (on === 'Context' || on === 'Allow' ? [] : [[on, some] as const]));
  return { ofObjects, ofAll: byKind.get('Context') ?? [] };
}
