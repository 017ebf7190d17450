import type { Fix, Op } from '../diagnostic/diagnostic.ts';
import { find } from '../document/node.ts';
import { nameAt } from '../document/objects.ts';
import { type FoundConflict, findConflicts } from './conflict-search.ts';
import { constraintOf } from './constraint-of.ts';
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
  /** The pod that was asked about. */
  readonly pod: AskedPod;
  readonly conflicts: readonly (FoundConflict & { readonly fixes: readonly Fix[] })[];
}

/** Fixes are sought on so many pools, those on which the least is in the way. */
const mostFixed = 5;

/** What keeps a pod from each of some pools. */
export function findOn(pools: readonly AskedPool[], pod: AskedPod, oracle: Oracle): readonly FoundOn[] {
  const searched = pools.map((asked) => {
    const reduction = new Reduction(asked, pod, oracle);
    const conflicts = findConflicts(reduction);
    return { reduction, conflicts, effort: conflicts.reduce((sum, { restrictions }) => sum + restrictions.length, 0) };
  });
  const nearest = new Set([...searched].sort((a, b) => a.effort - b.effort).slice(0, mostFixed));
  return searched.map((one): FoundOn => {
    const { reduction, conflicts } = one;
    const blamed = conflicts.map(({ restrictions }) => restrictions);
    const fixes = nearest.has(one) ? fixesFor(reduction, blamed, oracle) : [];
    const told = conflicts.map((conflict, index) => ({ ...conflict, fixes: fixes[index] ?? [] }));
    return { asked: reduction.asked, pod, conflicts: told };
  });
}

/** The conflicts in the words and places of one pod of the shape. */
export function conflictsOf(pod: AskedPod, found: readonly FoundOn[], oracle: Oracle): readonly Conflict[] {
  const own = new Map(oracle.restrictionsOfPod(pod).map((one) => [nameOf(one), one]));
  return found.flatMap(({ asked, pod: other, conflicts }) =>
    conflicts.map(({ restrictions, irreducible, refusal, fixes }): Conflict => {
      const refused: Constraint = { at: nameAt(asked.object), says: `pool ${asked.name} ${refusalWords(refusal)}` };
      // What is not the pod's is the same for all pods.
      const constraints = restrictions.map((one) => constraintOf(own.get(nameOf(one)) ?? one));
      return {
        pool: asked.name,
        irreducible,
        constraints: irreducible ? constraints : [refused, ...constraints],
        fixes: pod === other ? fixes : fixes.flatMap((fix) => moved(fix, other, pod) ?? []),
      };
    }),
  );
}

/** A fix of another pod of the shape, made in this one. */
function moved({ title, safety, ops }: Fix, from: AskedPod, to: AskedPod): Fix | undefined {
  const own = ops.map((op): Op | undefined => {
    const { object, path } = op.at;
    const isPods =
      from.object &&
      object?.kind === from.object.kind &&
      object.name === from.object.name &&
      object.namespace === from.object.namespace;
    if (!isPods) return op;
    const at = to.object && find(to.object.node, path)?.at;
    return at && { ...op, at };
  });
  const known = own.filter((op): op is Op => op !== undefined);
  return known.length === ops.length ? { title, safety, ops: known } : undefined;
}
