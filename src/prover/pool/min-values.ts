import { has } from '../../algebra/requirement.ts';
import { type Bits, isEmptyBits, noBits } from '../../scheduler/bits.ts';
import type { MinValuesLeft } from '../proof.ts';
import { placeIn } from '../question.ts';
import type { Funnel, Stage } from './funnel.ts';

/** Under the policy Strict, too few values leave nothing at all. */
export const ofMinValues: Stage = (funnel, left) => {
  const { tables, table } = funnel;
  if (tables.minValues.policy !== 'Strict' || isEmptyBits(left)) return [];
  const unmet = minValuesLeft(funnel, left).filter((one) => one.left < one.wanted);
  return unmet.map(({ at, key, wanted, left: values }) => {
    return {
      at,
      says: `they have ${wanted} values of ${key}, as minValues demands, not ${values}`,
      types: noBits(table.types.length),
    };
  });
};

/** How many distinct values some types have of each key that minValues is written for. */
export function minValuesLeft(
  { asked, table, tables, requirements }: Pick<Funnel, 'asked' | 'table' | 'tables' | 'requirements'>,
  types: Bits,
): readonly MinValuesLeft[] {
  const { allowedOnly } = tables.minValues;
  return asked.pool.spec.template.requirements.flatMap(({ key, minValues }, index) => {
    const demanded = requirements.get(key);
    if (minValues === undefined || !demanded) return [];
    const left = table.labels.countValues(demanded.key, types, (value) => !allowedOnly || has(demanded, value));
    const at = placeIn(asked.object, [...(asked.requirementPaths[index] ?? []), 'minValues']);
    return [{ at, key, wanted: minValues, left }];
  });
}
