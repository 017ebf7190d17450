import { type Column, column, columnFrom } from './column.ts';

/** What Karpenter reads out of a type's name; a part that is not there is empty. */
export type NameParts = Readonly<Record<NamePart, string>>;

export type NamePart = (typeof allParts)[number];

const allParts = ['category', 'generation', 'family', 'size', 'flex'] as const;

export function isNamePart(column: string): column is NamePart {
  return (allParts as readonly string[]).includes(column);
}

/** A name such as `mac-m4.metal` has neither category nor generation, and one with two dots no family. */
export function nameParts(name: string): NameParts {
  const dot = name.indexOf('.');
  const isSplit = dot >= 0 && name.indexOf('.', dot + 1) < 0;
  const scheme = /^([a-z]+)(?:-[0-9]+tb)?([0-9]+)/.exec(name.slice(0, Math.max(dot, 0)));
  const family = isSplit ? name.slice(0, dot) : '';
  return {
    category: scheme?.[1] ?? '',
    generation: scheme?.[2] ?? '',
    family,
    size: isSplit ? name.slice(dot + 1) : '',
    flex: String(family.includes('-flex')),
  };
}

/** Types whose names begin alike; they follow each other in the catalog. */
export interface Family {
  readonly sizes: readonly string[];
  /** Of its first type. */
  readonly parts: NameParts;
}

/** One part of the names of all types of some families: but for the size, a family's is the same. */
export function nameColumn(families: readonly Family[], part: NamePart): Column {
  if (part === 'size') return columnFrom(families.flatMap(({ sizes }) => sizes));
  const ofFamilies = columnFrom(families.map(({ parts }) => parts[part]));
  const codes = new Uint16Array(families.reduce((rows, { sizes }) => rows + sizes.length, 0));
  let row = 0;
  families.forEach(({ sizes }, place) => {
    codes.fill(ofFamilies.codes[place] as number, row, row + sizes.length);
    row += sizes.length;
  });
  return column(ofFamilies.values, codes);
}
