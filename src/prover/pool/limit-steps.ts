import { compareAmounts } from '../../algebra/quantity.ts';
import { noBits, placesOf, setBit } from '../../scheduler/bits.ts';
import { resourcesOf } from '../../scheduler/pod-requests.ts';
import { placeIn } from '../question.ts';
import { type Stage, type Step, sameBits } from './funnel.ts';

/** A node of more than a limit is never launched, not even as the first. Nodes themselves are not counted beforehand: a limit of 0 is. */
export const ofLimits: Stage = ({ asked, table }, left) => {
  const steps: Step[] = [];
  let types = left;
  for (const [resource, limit] of resourcesOf(asked.pool.spec.limits)) {
    const isNone = resource === 'nodes' && limit === 0;
    const kept = noBits(table.types.length);
    for (const place of placesOf(types)) {
      const own = table.types[place]?.capacity.get(resource)?.amount ?? 0;
      if (compareAmounts(own, limit) <= 0 && !isNone) setBit(kept, place);
    }
    if (sameBits(kept, types)) continue;
    const says = `one of them fits the limit of ${resource}, ${asked.pool.spec.limits?.[resource]}`;
    steps.push({ at: placeIn(asked.object, ['spec', 'limits', resource]), says, types: kept });
    types = kept;
  }
  return steps;
};
