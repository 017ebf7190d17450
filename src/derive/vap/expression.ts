import { literal } from './literal.ts';

/** What the names in a rule's condition stand for. */
export interface Facts {
  readonly params: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly target: Readonly<Record<string, unknown>>;
}

/**
 * A condition with its facts written out. Parameters of the rule always have a value; a setting or a fact of the cluster that
 * nobody gave is null, and its type is left open so that it may be compared with null.
 */
export function filledIn(cel: string, facts: Facts): string {
  return cel
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/\bparams\.(\w+)/g, (_, name: string) => literal(facts.params[name]))
    .replaceAll(
      /\b(settings|target)\.(\w+)/g,
      (_, of: 'settings' | 'target', name: string) => `dyn(${literal(facts[of][name] ?? null)})`,
    );
}

/** The same condition of the object as it was. */
export function ofOldObject(cel: string): string {
  return cel.replaceAll(/\bobject\./g, 'oldObject.').replaceAll(/\bvariables\.(\w+)/g, 'variables.old_$1');
}

export interface Variable {
  readonly name: string;
  readonly expression: string;
}

/** The variables that expressions use, directly or through others, in an order in which each names earlier ones only. */
export function variablesOf(expressions: readonly string[], known: ReadonlyMap<string, string>): readonly Variable[] {
  const used = new Set<string>();
  const need = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/\bvariables\.(\w+)/g)) {
      if (used.has(name)) continue;
      used.add(name);
      need(definition(name, known));
    }
  };
  expressions.forEach(need);
  const names = [...known.keys()];
  return [...names, ...names.map((name) => `old_${name}`)]
    .filter((name) => used.has(name))
    .map((name) => ({ name, expression: definition(name, known) }));
}

function definition(name: string, known: ReadonlyMap<string, string>): string {
  const own = known.get(name);
  if (own !== undefined) return own;
  const now = name.startsWith('old_') ? known.get(name.slice('old_'.length)) : undefined;
  if (now === undefined) throw new Error(`no variable ${name} is shared by the rules of this kind`);
  return ofOldObject(now);
}
