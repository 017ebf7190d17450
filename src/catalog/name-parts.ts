/** What Karpenter reads out of a type's name; a part that is not there is empty. */
export interface NameParts {
  readonly category: string;
  readonly generation: string;
  readonly family: string;
  readonly size: string;
}

/** A name such as `mac-m4.metal` has neither category nor generation. */
export function nameParts(name: string): NameParts {
  return split(name, schemeOf);
}

/** What many names say, in their order: the scheme of a family is read once. */
export function namesParts(names: readonly string[]): readonly NameParts[] {
  const schemes = new Map<string, Scheme>();
  return names.map((name) =>
    split(name, (family) => {
      const scheme = schemes.get(family) ?? schemeOf(family);
      schemes.set(family, scheme);
      return scheme;
    }),
  );
}

interface Scheme {
  readonly category: string;
  readonly generation: string;
}

function split(name: string, schemeOf: (family: string) => Scheme): NameParts {
  const dot = name.indexOf('.');
  if (dot < 0) return { category: '', generation: '', family: '', size: '' };
  const { category, generation } = schemeOf(name.slice(0, dot));
  const isSplit = name.indexOf('.', dot + 1) < 0;
  return {
    category,
    generation,
    family: isSplit ? name.slice(0, dot) : '',
    size: isSplit ? name.slice(dot + 1) : '',
  };
}

function schemeOf(family: string): Scheme {
  const [, category = '', generation = ''] = /^([a-z]+)(?:-[0-9]+tb)?([0-9]+)/.exec(family) ?? [];
  return { category, generation };
}
