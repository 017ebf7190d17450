/** What Karpenter reads out of a type's name; a part that is not there is empty. */
export interface NameParts {
  readonly category: string;
  readonly generation: string;
  readonly family: string;
  readonly size: string;
}

/** A name such as `mac-m4.metal` has neither category nor generation. */
export function nameParts(name: string): NameParts {
  const scheme = /^([a-z]+)(?:-[0-9]+tb)?([0-9]+).*\./.exec(name);
  const [family = '', size = '', ...more] = name.split('.');
  const split = more.length === 0 && name.includes('.');
  return {
    category: scheme?.[1] ?? '',
    generation: scheme?.[2] ?? '',
    family: split ? family : '',
    size: split ? size : '',
  };
}
