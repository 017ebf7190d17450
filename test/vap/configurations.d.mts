export function configurations(
  rules: Readonly<Record<string, { readonly level: string }>>,
  minor: string,
): readonly (readonly [name: string, config: object])[];
