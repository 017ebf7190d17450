import type { Path } from '../../text/place.ts';
import { type Condition, placed } from './condition.ts';
import { equal, isMap } from './json.ts';
import type { Json } from './structure.ts';

const frozen: Condition<Json> = {
  id: 'IMMUTABLE',
  on: placed(['NodeClaim v1'], 'spec'),
  transition: true,
  *check(spec, old) {
    if (!equal(spec, old))
      yield { path: difference(spec, old), message: 'the spec of a NodeClaim cannot change once it is created' };
  },
};

/** The way to the first difference, as far as it leads through fields that both have. */
function difference(now: Json, before: Json): Path {
  if (!isMap(now) || !isMap(before)) return [];
  const key = Object.keys(now).find((name) => !equal(now[name], before[name]));
  const value = key === undefined ? undefined : now[key];
  if (key === undefined || value === undefined) return [];
  return [key, ...difference(value, before[key] ?? null)];
}

export const nodeClaimConditions: readonly Condition[] = [frozen];
