import type { Fix, Safety } from '../diagnostic/diagnostic.ts';
import type { Oracle } from './oracle.ts';
import { podRemedies } from './pod-remedies.ts';
import { poolRemedies } from './pool-remedies.ts';
import type { Reduction } from './reduction.ts';
import { type Remedy, Workbench } from './remedy.ts';
import type { Restriction } from './restriction.ts';

/** Fixes that are offered of one conflict. */
const mostOffered = 4;
const risks: readonly Safety[] = ['safe', 'drifts', 'unsafe'];

/**
 * For each conflict of a pod on a pool, edits after which the pod fits: of a single conflict each remedy for itself, of several the
 * best of each together. Nothing is offered that the scheduler was not asked about.
 */
export function fixesFor(
  reduction: Reduction,
  conflicts: readonly (readonly Restriction[])[],
  oracle: Oracle,
): readonly (readonly Fix[])[] {
  const remedies = conflicts.map((conflict) => {
    const aside = conflicts.filter((other) => other !== conflict).flat();
    return remediesFor(new Workbench(reduction, aside, oracle), conflict);
  });
  if (conflicts.length === 1)
    return remedies.map((own) => own.slice(0, mostOffered).map(({ title, safety, ops }) => ({ title, safety, ops })));
  const best = remedies.flatMap(([first]) => first ?? []);
  const whole = new Workbench(reduction, [], oracle);
  const isEnough = best.length === conflicts.length && whole.with(best.map(({ effect }) => effect)).fits;
  return conflicts.map((_, index) => (index === 0 && isEnough ? [together(best)] : []));
}

function remediesFor(bench: Workbench, conflict: readonly Restriction[]): readonly Remedy[] {
  const all = conflict.flatMap((blamed) => [...podRemedies(bench, blamed), ...poolRemedies(bench, blamed, conflict)]);
  return all.filter(({ effect }) => bench.fits(effect)).sort((a, b) => a.cost - b.cost);
}

function together(remedies: readonly Remedy[]): Fix {
  const risk = Math.max(...remedies.map(({ safety }) => risks.indexOf(safety)));
  return {
    title: remedies.map(({ title }) => title).join('; '),
    safety: risks[risk] ?? 'unsafe',
    ops: remedies.flatMap(({ ops }) => ops),
  };
}
