import type { EC2NodeClass } from './ec2-node-class.ts';

export type AmiFamilyName = 'AL2' | 'AL2023' | 'Bottlerocket' | 'Custom' | 'Windows2019' | 'Windows2022' | 'Windows2025';

const families: ReadonlyMap<string, AmiFamilyName> = new Map(
  (['AL2', 'AL2023', 'Bottlerocket', 'Custom', 'Windows2019', 'Windows2022', 'Windows2025'] as const).map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/** Karpenter's AMIFamily(): what the class says, else what its alias says; undefined where neither can be read. */
export function amiFamilyOf({ amiFamily, amiSelectorTerms }: EC2NodeClass): AmiFamilyName | undefined {
  if (amiFamily) return [...families.values()].find((name) => name === amiFamily.value);
  for (const { alias } of amiSelectorTerms ?? []) {
    if (alias) return families.get(alias.value.split('@')[0] ?? '');
  }
  return undefined;
}
