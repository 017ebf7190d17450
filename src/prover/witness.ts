import { isCompatible, nodeSelectorRequirements, type Requirements } from '../algebra/requirements.ts';
import { type Taint, toleratesTaint } from '../algebra/taints.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import type { CapacityType, Offering } from '../catalog/offerings.ts';
import type { PodToleration } from '../model/cluster/taint.ts';
import { requestsOf } from '../scheduler/pod-requests.ts';
import { strictPodRequirements } from '../scheduler/pod-requirements.ts';
import { type Constraints, constraintsOf } from '../scheduler/preferences.ts';
import type { Launch } from '../scheduler/trial.ts';
import { arithmeticOf } from './arithmetic.ts';
import type { Oracle } from './oracle.ts';
import type { Witness } from './proof.ts';
import type { AskedPod, AskedPool } from './question.ts';
import { requirementText, taintText } from './words.ts';

/** The first node of those that would be launched, and the sums that show that it takes the pod. */
export function witnessOf(asked: AskedPool, { pod }: AskedPod, { claim, daemonsOn }: Launch, oracle: Oracle): Witness {
  const demanded = nodeSelectorRequirements(claim.requirements);
  const [type] = claim.instanceTypes.list;
  const offering = type && boughtOf(type, demanded, oracle);
  if (!offering) throw new Error('a claim was made that nothing can be bought for');
  const constraints = claim.pods[0]?.shape.constraints ?? constraintsOf(pod.spec);
  const { catalog } = oracle.question;
  return {
    pool: asked.name,
    instanceType: type.name,
    zone: offering.zone,
    capacityType: offering.capacityType,
    pricePerHour: offering.price === 0 ? undefined : offering.price,
    arithmetic: arithmeticOf(type, daemonsOn(type), requestsOf(pod.spec, pod.status), catalog, oracle.tables.karpenter),
    tolerated: claim.taints.map((taint) => `${taintText(taint)}, by ${tolerationText(taint, constraints.tolerations)}`),
    satisfied: satisfied(constraints, [offering.requirements, type.requirements, demanded]),
  };
}

/** In the order in which the provider takes them. */
const capacityTypes: readonly CapacityType[] = ['reserved', 'spot', 'on-demand'];

function boughtOf({ offerings }: InstanceType, demanded: Requirements, { tables }: Oracle): Offering | undefined {
  const { wellKnown } = tables.space;
  const rank = ({ capacityType }: Offering): number => capacityTypes.indexOf(capacityType);
  const usable = offerings.filter(
    ({ available, capacityType, reservationCapacity, requirements }) =>
      available && (capacityType !== 'reserved' || reservationCapacity > 0) && isCompatible(demanded, requirements, wellKnown),
  );
  return usable.sort((a, b) => rank(a) - rank(b) || a.price - b.price || (a.zone < b.zone ? -1 : 1))[0];
}

/** A label that nothing fixes to one value is left open: the node may have any that is demanded. */
function satisfied(constraints: Constraints, sources: readonly Requirements[]): readonly string[] {
  return strictPodRequirements(constraints).list.map(({ key, operator, values }) => {
    const value = sources.map(({ byKey }) => byKey.get(key)?.only).find((only) => only !== undefined);
    const met = value === undefined ? 'met by whatever the node has' : `the node has ${value}`;
    return `${requirementText({ key, operator, values: [...values] })}: ${met}`;
  });
}

function tolerationText(taint: Taint, tolerations: readonly PodToleration[]): string {
  const { key, operator = 'Equal', value, effect } = tolerations.find((one) => toleratesTaint(one, taint)) ?? {};
  const what = `${key || 'every key'} ${operator}${value ? ` ${value}` : ''}`;
  return `the toleration of ${what}${effect ? ` for ${effect}` : ''}`;
}
