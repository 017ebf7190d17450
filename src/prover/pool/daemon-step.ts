import { nameAt } from '../../document/objects.ts';
import { addBits, intersectBits, isEmptyBits, noBits, subtractBits } from '../../scheduler/bits.ts';
import { fitting } from '../../scheduler/resource-columns.ts';
import { mergeResources, noResources } from '../../scheduler/resources.ts';
import type { Stage } from './funnel.ts';

const onePod = new Map([['pods', 1000]]);

/** Types on which the DaemonSets leave room for one more pod, be it one that asks for nothing. */
export const ofDaemonSets: Stage = ({ asked, table, tables, groups }, left) => {
  const types = noBits(table.types.length);
  const tooMany = new Set<string>();
  for (const group of groups.length > 0 ? groups : [{ types: left, overhead: noResources, daemons: [] }]) {
    const among = intersectBits(left, group.types);
    const roomy = fitting(table.allocatable, tables.axis.vector(mergeResources(group.overhead, onePod)), among);
    addBits(types, roomy);
    if (!isEmptyBits(subtractBits(among, roomy))) for (const { name } of group.daemons) tooMany.add(name);
  }
  if (isEmptyBits(subtractBits(left, types))) return [];
  const beside = tooMany.size === 0 ? '' : ` beside the DaemonSets ${[...tooMany].sort().join(', ')}`;
  return [{ at: nameAt(asked.object), says: `they have room for a pod${beside}`, types }];
};
