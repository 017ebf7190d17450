import type { TrialRefusal } from '../scheduler/trial.ts';
import { minimal } from './minimal.ts';
import type { Reduction } from './reduction.ts';
import type { Restriction } from './restriction.ts';
import { suspects } from './suspects.ts';

export interface FoundConflict {
  readonly restrictions: readonly Restriction[];
  /** Checked: together they refuse the pod, and without any one of them they do not. */
  readonly irreducible: boolean;
  /** Of all that were left when it was found. */
  readonly refusal: TrialRefusal;
}

/** Conflicts beyond so many are not looked for. */
const most = 8;

/** Sets of restrictions that have nothing in common, each of which refuses the pod; the smallest first. */
export function findConflicts(reduction: Reduction): readonly FoundConflict[] {
  const found: FoundConflict[] = [];
  let left: readonly Restriction[] = reduction.restrictions;
  while (found.length < most) {
    const answer = reduction.ask([...left, ...reduction.ofClass]);
    if (answer.fits) break;
    const restrictions = refusing(reduction, left, answer.refusal);
    found.push({ restrictions, irreducible: isIrreducible(reduction, restrictions), refusal: answer.refusal });
    const used = new Set(restrictions);
    const others = left.filter((one) => !used.has(one));
    // What refuses the pod without any of them will not go away.
    if (others.length === left.length) break;
    left = others;
  }
  return found.sort((a, b) => a.restrictions.length - b.restrictions.length);
}

function refusing(reduction: Reduction, among: readonly Restriction[], refusal: TrialRefusal): readonly Restriction[] {
  const { ofClass, asked } = reduction;
  const groups = suspects(refusal, asked, among);
  const guilty = groups.find((group) => group.length > 0 && !reduction.fits([...group, ...ofClass])) ?? among;
  const own = minimal(reduction, guilty, ofClass);
  return ofClass.length > 0 && reduction.fits(own) ? [...own, ...minimal(reduction, ofClass, own)] : own;
}

/** What a class says that is not to blame stays, for it may help as well as hinder; where some is, that alone is looked at. */
function isIrreducible(reduction: Reduction, restrictions: readonly Restriction[]): boolean {
  const beside = restrictions.some(({ kind }) => kind === 'class') ? [] : reduction.ofClass;
  if (restrictions.length === 0 || reduction.fits([...restrictions, ...beside])) return false;
  return restrictions.every((one) => reduction.fits([...restrictions.filter((other) => other !== one), ...beside]));
}
