import type { PoolRequirements, Statement } from '../../src/context/pool-requirements.ts';
import type { Located } from '../../src/text/place.ts';

/** What a pool says of a label with values that the label never has. */
export interface Stray {
  readonly statement: Statement;
  /** At least one. */
  readonly values: readonly [Located<string>, ...Located<string>[]];
  /** Whether no other value of the statement is left, so that nothing can match. */
  readonly isAll: boolean;
}

/** Lists of values, of template labels too; `NotIn` only where it is asked for: a value too many there does not harm the rest. */
export function strayValues(
  { of, isKnown }: PoolRequirements,
  key: string,
  isValid: (value: string) => boolean,
  operators: readonly string[] = ['In'],
): readonly Stray[] {
  return of(key).flatMap((statement) => {
    if (!operators.includes(statement.operator)) return [];
    const [first, ...others] = statement.values.filter(({ value }) => !isValid(value));
    if (!first) return [];
    const values: Stray['values'] = [first, ...others];
    return [{ statement, values, isAll: isKnown(key) && values.length === statement.values.length }];
  });
}

export function quoted(values: readonly (Located<string> | string)[]): string {
  return values.map((value) => `"${typeof value === 'string' ? value : value.value}"`).join(', ');
}
