import type { Rule } from '../src/lint/rule.ts';

/** Told which rule threw what. */
export type OnCrash = (rule: string, error: unknown) => void;

/**
 * A rule that throws is a bug in it. Here it must not take the other rules' findings with it, nor let an object pass unseen
 * because of it: whoever asked is told, and says that not all was checked.
 */
export function guarded(rule: Rule, onCrash: OnCrash): Rule {
  return {
    ...rule,
    check: (subject, world, parameters) => {
      try {
        return [...rule.check(subject, world, parameters)];
      } catch (error) {
        onCrash(rule.id, error);
        return [];
      }
    },
  };
}
