import { type Job, lint, type Observer, type Verdict } from '../../lint/lint.ts';
import type { Rule } from '../../lint/rule.ts';

/** A rule threw: a bug in it, which must not look like a clean run. */
export class RuleCrash extends Error {
  override readonly name = 'RuleCrash';
  readonly rule: string;

  constructor(rule: string, cause: unknown) {
    super(`the rule "${rule}" crashed`, { cause });
    this.rule = rule;
  }
}

/** Lints; if that throws, lints again to see which rule it was. The engine is deterministic, so the same rule throws again. */
export function lintOrBlame(job: Job, observe: Observer): Verdict {
  try {
    return lint(job, observe);
  } catch (error) {
    lint({ ...job, rules: job.rules.map(blaming) });
    throw error;
  }
}

function blaming(rule: Rule): Rule {
  return {
    ...rule,
    check: (subject, world, parameters) => {
      try {
        return [...rule.check(subject, world, parameters)];
      } catch (error) {
        throw new RuleCrash(rule.id, error);
      }
    },
  };
}
