import { traitsOf } from '../../catalog/node-class-facts.ts';
import { nameAt } from '../../document/objects.ts';
import { type Bits, intersectBits } from '../../scheduler/bits.ts';
import { fitting } from '../../scheduler/resource-columns.ts';
import { type AskedClass, type AskedPool, placeIn } from '../question.ts';
import { type Stage, type Step, sameBits } from './funnel.ts';

const classRefPath = ['spec', 'template', 'spec', 'nodeClassRef'];

/** All types there are, then those that the class can be launched as, then those that its reservations leave something of. */
export const ofClass: Stage = ({ asked, table, tables }, all) => {
  const { nodeClass } = asked;
  const at = nodeClass ? nameAt(nodeClass.object) : placeIn(asked.object, [...classRefPath, 'name']);
  const offered = intersectBits(all, table.offerings.offered(tables.space.empty));
  const left = fitting(table.allocatable, new Float64Array(), offered);
  const steps: Step[] = [
    { at: placeIn(asked.object, classRefPath), says: 'the instance types of the catalog', types: all },
    { at, says: classWords(asked), types: offered },
  ];
  return sameBits(left, offered) ? steps : [...steps, overcommitted(asked, left)];
};

function overcommitted({ object, nodeClass }: AskedPool, types: Bits): Step {
  const at = nodeClass ? placeIn(nodeClass.object, ['spec', 'kubelet']) : placeIn(object, classRefPath);
  return { at, says: 'they have more than the kubelet reserves', types };
}

function classWords({ pool, nodeClass }: AskedPool): string {
  if (!nodeClass) {
    return `a Linux class can launch them (${pool.spec.template.nodeClassRef.name ?? 'its own'} is not in view)`;
  }
  return `EC2NodeClass ${nodeClass.object.name ?? ''} can launch them (${traits(nodeClass).join(', ')})`;
}

/** Whatever of a class can rule types out. */
function traits({ facts, unknown }: AskedClass): readonly string[] {
  const { amiFamily, zones, connectionTracking, networkInterfaces } = facts;
  const system = traitsOf(amiFamily).windowsBuild === undefined ? '' : ', amd64 only';
  return [
    unknown.has('amiFamily') ? `AMI family not known, taken for ${amiFamily}` : `AMI family ${amiFamily}${system}`,
    ...(zones ? [`subnets in ${zones.map(({ zone }) => zone).join(', ')}`] : []),
    ...(connectionTracking ? ['connectionTracking, which takes Nitro'] : []),
    ...(networkInterfaces ? [`${networkInterfaces.length} network interfaces`] : []),
  ];
}
