import { labels } from '../../src/catalog/instance-label.ts';
import { allows, type PoolRequirements } from '../../src/context/pool-requirements.ts';

/** Why the images of an alias start none of the types that a pool asks for, whatever else it asks. */
export function withoutImage(alias: string, requirements: PoolRequirements): string | undefined {
  if (alias.startsWith('windows') && allows(requirements, labels.arch, 'amd64') === false) return 'Windows has none for arm64';
  if (alias.startsWith('al2023@') && isOfFamily(requirements, 'a1')) return 'AL2023 does not start on a1';
  return undefined;
}

function isOfFamily({ of, isKnown }: PoolRequirements, family: string): boolean {
  const named = [labels.family, labels.instanceType].flatMap((key) => (isKnown(key) ? of(key) : []));
  return named.some(
    ({ operator, values }) =>
      operator === 'In' && values.length > 0 && values.every(({ value }) => value === family || value.startsWith(`${family}.`)),
  );
}
