import { matchesTaint } from '../algebra/taints.ts';
import type { TrialRefusal } from '../scheduler/trial.ts';
import type { AskedPool } from './question.ts';
import type { Restriction, RestrictionKind } from './restriction.ts';

const ofPool: readonly RestrictionKind[] = ['requirement', 'min-values', 'label', 'taint', 'startup-taint', 'limit', 'status'];
const onLabels: readonly RestrictionKind[] = ['requirement', 'label', 'selector', 'expression'];
const never: readonly RestrictionKind[] = ['taint', 'startup-taint', 'status', 'devices'];

/**
 * The restrictions that a refusal points at, as groups to be looked at in turn: each may be the whole reason. A guess, which saves
 * most of the search where it is right and is found out where it is wrong.
 */
export function suspects(
  refusal: TrialRefusal,
  { pool }: AskedPool,
  among: readonly Restriction[],
): readonly (readonly Restriction[])[] {
  const of = (...kinds: readonly RestrictionKind[]): readonly Restriction[] => among.filter(({ kind }) => kinds.includes(kind));
  switch (refusal.category) {
    case 'taint': {
      // Each is reason enough, and the others are found in their turn.
      const [taint] = refusal.taints;
      const index = pool.spec.template.taints.findIndex((one) => taint && matchesTaint(one, taint) && one.value === taint.value);
      return [among.filter(({ kind, id }) => kind === 'taint' && id === String(index))];
    }
    case 'undefined-label':
    case 'pod-requirements':
      return byLabel(among);
    case 'volume':
      return [[...of('volume', 'terms'), ...of(...onLabels)]];
    case 'limits':
    case 'node-limit':
      return [of('limit'), of(...ofPool)];
    case 'no-templates':
      return [of('requirement', 'label'), of(...ofPool)];
    case 'not-ready':
      return [of('status'), ...of(...ofPool).map((one) => [one]), of(...ofPool)];
    case 'ignored':
      return [
        ...of('selector', 'expression', 'terms', 'volume').map((one) => [one]),
        among.filter(({ kind }) => !ofPool.includes(kind)),
      ];
    case 'dra':
      return [of('devices')];
    default:
      return [among.filter(({ kind }) => !never.includes(kind))];
  }
}

/** A label on which pod and pool disagree is reason enough. */
function byLabel(among: readonly Restriction[]): readonly (readonly Restriction[])[] {
  const asked = among.filter(({ kind }) => kind === 'selector' || kind === 'expression').map(({ about }) => about);
  const single = [...new Set(asked)].map((key) => among.filter(({ kind, about }) => onLabels.includes(kind) && about === key));
  return [...single, among.filter(({ kind }) => onLabels.includes(kind) || kind === 'terms')];
}
