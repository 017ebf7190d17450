import { field } from './admission-request.ts';

/** Answers to equal questions: GitOps asks the same with every sync, first as a dry run. */
export interface VerdictCache<T> {
  /** The answer known to a question, or the one that `make` gives. `version` is that of everything else the answer hangs on. */
  get(question: readonly unknown[], version: string, now: number, make: () => T): T;
}

const MOST_ENTRIES = 256;
const MOST_CHARACTERS = 64 * 1024;
/** Some rules look at the clock, none at less than a minute. */
const MILLISECONDS = 60_000;

export function verdictCache<T>(): VerdictCache<T> {
  const known = new Map<string, { readonly at: number; readonly value: T }>();
  let of = '';
  return {
    get: (question, version, now, make) => {
      if (of !== version) known.clear();
      of = version;
      const key = JSON.stringify(question.map(lasting));
      const found = known.get(key);
      if (found && now - found.at < MILLISECONDS && now >= found.at) return found.value;
      const value = make();
      if (key.length > MOST_CHARACTERS) return value;
      if (known.size >= MOST_ENTRIES) known.clear();
      known.set(key, { at: now, value });
      return value;
    },
  };
}

const fleeting: ReadonlySet<string> = new Set(['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp']);

/** An object without what the API server counts and no rule reads. */
function lasting(object: unknown): unknown {
  const metadata = field(object, 'metadata');
  if (typeof metadata !== 'object' || metadata === null) return object;
  const kept = Object.entries(metadata).filter(([key]) => !fleeting.has(key));
  return [{ ...(object as object), metadata: undefined }, kept];
}
