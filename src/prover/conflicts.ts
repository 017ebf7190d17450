import { nameAt } from '../document/objects.ts';
import { findConflicts } from './conflict-search.ts';
import { fixesOf } from './fixes.ts';
import type { Oracle } from './oracle.ts';
import type { Conflict, Constraint } from './proof.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { Reduction } from './reduction.ts';
import { refusalWords } from './refusal-words.ts';

/** Why a pool cannot take a pod: everything that would have to change, and what would change least. */
export function conflictsOn(asked: AskedPool, pod: AskedPod, oracle: Oracle): readonly Conflict[] {
  const reduction = new Reduction(asked, pod, oracle);
  const found = findConflicts(reduction);
  const isOnly = found.length === 1;
  return found.map(({ restrictions, irreducible, refusal }): Conflict => {
    const refused: Constraint = { at: nameAt(asked.object), says: `pool ${asked.name} ${refusalWords(refusal)}` };
    const constraints = restrictions.map((one): Constraint => ({ at: one.at(), says: one.says() }));
    return {
      pool: asked.name,
      irreducible,
      constraints: irreducible ? constraints : [refused, ...constraints],
      fixes: isOnly ? fixesOf(reduction, restrictions, oracle) : [],
    };
  });
}
