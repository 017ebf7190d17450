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

function split(name: string, scheme: (family: string) => Scheme): NameParts {
  const [family = '', size, ...more] = name.split('.');
  if (size === undefined) return { category: '', generation: '', family: '', size: '' };
  return { ...scheme(family), ...(more.length === 0 ? { family, size } : { family: '', size: '' }) };
}

function schemeOf(family: string): Scheme {
  const [, category = '', generation = ''] = /^([a-z]+)(?:-[0-9]+tb)?([0-9]+)/.exec(family) ?? [];
  return { category, generation };
}
