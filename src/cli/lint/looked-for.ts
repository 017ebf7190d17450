import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Accepted } from '../../config/baseline.ts';
import { once } from '../../context/once.ts';
import { rulesHeard } from './needs.ts';
import type { Plan } from './plan.ts';
import type { Run } from './run.ts';
import { unjudged } from './unjudged.ts';

/**
 * Whether a run would have found what is accepted if it were still there: its rule ran, and its file was judged or is gone.
 * A rule that no longer exists finds nothing any more.
 */
export function lookedFor({ loaded, judged, state }: Run, plan: Plan, cwd: string): (entry: Accepted) => boolean {
  const known = once(() => {
    const owed = new Set(unjudged(loaded, state.inputs));
    const heard = rulesHeard(plan);
    const skipped = new Set(judged.skipped.flatMap(({ rules }) => rules));
    return {
      files: new Set(state.inputs.map(({ file }) => file).filter((file) => !owed.has(file))),
      silent: new Set(plan.rules.map(({ id }) => id).filter((id) => !heard.has(id) || skipped.has(id))),
    };
  });
  return ({ rule, file }) => {
    const { files, silent } = known();
    return !silent.has(rule) && (files.has(file) || !existsSync(resolve(cwd, file)));
  };
}
