import type { Fix } from '../diagnostic/diagnostic.ts';
import type { Oracle } from './oracle.ts';
import type { Reduction } from './reduction.ts';
import type { Restriction } from './restriction.ts';

export function fixesOf(_reduction: Reduction, _restrictions: readonly Restriction[], _oracle: Oracle): readonly Fix[] {
  return [];
}
