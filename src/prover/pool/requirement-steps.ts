import { type Requirement, requirement } from '../../algebra/requirement.ts';
import { requirements } from '../../algebra/requirements.ts';
import { inWords } from '../../context/pool-requirements.ts';
import { find } from '../../document/node.ts';
import { hangsOnPlaceholder } from '../../document/placeholder.ts';
import { type Bits, intersectBits } from '../../scheduler/bits.ts';
import type { RequirementSet, RequirementSpace } from '../../scheduler/requirement-space.ts';
import type { Path, Place } from '../../text/place.ts';
import { type AskedPool, placeIn } from '../question.ts';
import { type Funnel, type Stage, type Step, sameBits } from './funnel.ts';

const labelsPath: Path = ['spec', 'template', 'metadata', 'labels'];
const requirementsPath: Path = ['spec', 'template', 'spec', 'requirements'];

/** One thing that the pool demands of its nodes' labels. */
interface Demand {
  /** From the root of the pool. */
  readonly path: Path;
  readonly requirement: Requirement;
  readonly says: string;
}

/** All at once, as the scheduler has them, but without the labels of Karpenter's own, which no type has. */
export function demandsOf(asked: AskedPool, space: RequirementSpace): RequirementSet {
  return space.set(requirements(...[...labels(asked), ...written(asked)].map((one) => one.requirement)));
}

/**
 * Labels of the template where they rule types out, then each requirement of the manifest: the types that have an offering which
 * meets all demands so far.
 */
export const ofRequirements: Stage = (funnel, left) => {
  const demands: Requirement[] = [];
  const steps: Step[] = [];
  let types = left;
  for (const { path, requirement: demand, says } of labels(funnel.asked)) {
    demands.push(demand);
    const kept = meeting(funnel, demands, types);
    if (!sameBits(kept, types)) steps.push({ at: placeIn(funnel.asked.object, path), says, types: kept });
    types = kept;
  }
  for (const { path, requirement: demand, says } of written(funnel.asked)) {
    demands.push(demand);
    types = meeting(funnel, demands, types);
    steps.push({ at: placeOf(funnel.asked, path), says, types });
  }
  return steps;
};

function meeting({ table, tables }: Funnel, demands: readonly Requirement[], left: Bits): Bits {
  const set = tables.space.set(requirements(...demands));
  return intersectBits(left, intersectBits(table.labels.compatible(set), table.offerings.offered(set)));
}

function labels(asked: AskedPool): readonly Demand[] {
  const { labels: own } = asked.pool.spec.template;
  return Object.entries(own).flatMap(([key, value]) => {
    const path = [...labelsPath, key];
    const says = `the template label ${key}: ${value}`;
    return isOpen(asked, path) ? [] : [{ path, requirement: requirement(key, 'In', [value]), says }];
  });
}

function written(asked: AskedPool): readonly Demand[] {
  return asked.pool.spec.template.requirements.flatMap(({ key, operator, values = [], minValues }, index) => {
    const path = [...requirementsPath, index];
    const says = `${key} ${inWords(operator, values)}`;
    return isOpen(asked, path) ? [] : [{ path, requirement: requirement(key, operator, values, minValues), says }];
  });
}

/** A placeholder may demand anything: what is left without it is a bound from above. */
function isOpen({ object }: AskedPool, path: Path): boolean {
  const node = find(object.node, path);
  return node !== undefined && hangsOnPlaceholder(node);
}

/** Where the values stand, or the operator where there are none. */
function placeOf({ object }: AskedPool, path: Path): Place {
  const values = find(object.node, [...path, 'values']);
  return values ? values.at : placeIn(object, [...path, 'operator']);
}
