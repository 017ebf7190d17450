import type { Path } from '../../text/place.ts';
import { equal, valueAt } from './json.ts';
import type { Json } from './structure.ts';

/**
 * Whether an update leaves a part as it was: what the API server would refuse elsewhere it tolerates there. The lists of the CRDs
 * are atomic, so an item is as unchanged as the outermost list that holds it.
 */
export function isUnchanged(now: Json, before: Json, path: Path): boolean {
  // At the root the server compares metadata too, which is never the same twice.
  if (path.length === 0) return false;
  const index = path.findIndex((part) => typeof part === 'number');
  const unit = index === -1 ? path : path.slice(0, index);
  const value = valueAt(now, unit);
  return value !== undefined && equal(value, valueAt(before, unit));
}
