import type { Shell } from '../shell.ts';
import type { LintFlags } from './lint-flags.ts';
import type { Output } from './outputs.ts';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';

/** What the ways of linting have in common. */
export interface Session {
  readonly flags: LintFlags;
  readonly shell: Shell;
  readonly plan: Plan;
  readonly outputs: readonly Output[];
  readonly bar: Progress;
}
