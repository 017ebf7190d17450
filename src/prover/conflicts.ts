import { nameAt } from '../document/objects.ts';
import { type FoundConflict, findConflicts } from './conflict-search.ts';
import { fixesFor } from './fixes.ts';
import type { Oracle } from './oracle.ts';
import type { Conflict, Constraint } from './proof.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { Reduction } from './reduction.ts';
import { refusalWords } from './refusal-words.ts';
import { nameOf } from './restriction.ts';

/** Conflicts of one pod on one pool, good for all pods of its shape. */
export interface FoundOn {
  readonly asked: AskedPool;
  readonly conflicts: readonly FoundConflict[];
}

/** Fixes are sought on so many pools, those on which the least is in the way. */
const mostFixed = 5;

export function findOn(asked: AskedPool, pod: AskedPod, oracle: Oracle): FoundOn {
  return { asked, conflicts: findConflicts(new Reduction(asked, pod, oracle)) };
}

/** The conflicts in the words and places of one pod, with what would change least. */
export function conflictsOf(pod: AskedPod, found: readonly FoundOn[], oracle: Oracle): readonly Conflict[] {
  const effort = ({ conflicts }: FoundOn): number => conflicts.reduce((sum, { restrictions }) => sum + restrictions.length, 0);
  const nearest = new Set([...found].sort((a, b) => effort(a) - effort(b)).slice(0, mostFixed));
  return found.flatMap((one) => told(pod, one, oracle, nearest.has(one)));
}

function told(pod: AskedPod, { asked, conflicts }: FoundOn, oracle: Oracle, isFixed: boolean): readonly Conflict[] {
  const reduction = new Reduction(asked, pod, oracle);
  const own = new Map([...reduction.restrictions, ...reduction.ofClass].map((one) => [nameOf(one), one]));
  const blamed = conflicts.map(({ restrictions }) => restrictions.flatMap((one) => own.get(nameOf(one)) ?? []));
  const fixes = isFixed ? fixesFor(reduction, blamed, oracle) : [];
  return conflicts.map(({ irreducible, refusal }, index): Conflict => {
    const refused: Constraint = { at: nameAt(asked.object), says: `pool ${asked.name} ${refusalWords(refusal)}` };
    const constraints = (blamed[index] ?? []).map((one): Constraint => {
      const { kind, about } = one;
      return { at: one.at(), says: one.says(), kind, ...(about !== undefined && { about }) };
    });
    return {
      pool: asked.name,
      irreducible,
      constraints: irreducible ? constraints : [refused, ...constraints],
      fixes: fixes[index] ?? [],
    };
  });
}
