import { type Requirement, requirement } from '../../algebra/requirement.ts';
import { requirements } from '../../algebra/requirements.ts';
import { find } from '../../document/node.ts';
import { type Bits, intersectBits } from '../../scheduler/bits.ts';
import type { RequirementSet, RequirementSpace } from '../../scheduler/requirement-space.ts';
import type { Path, Place } from '../../text/place.ts';
import { type AskedPool, placeIn } from '../question.ts';
import { requirementText } from '../words.ts';
import { type Funnel, type Stage, type Step, sameBits } from './funnel.ts';

const templatePath: Path = ['spec', 'template'];
const labelsPath: Path = [...templatePath, 'metadata', 'labels'];

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

function labels({ pool }: AskedPool): readonly Demand[] {
  return Object.entries(pool.spec.template.labels).map(([key, value]) => {
    return {
      path: [...labelsPath, key],
      requirement: requirement(key, 'In', [value]),
      says: `the template label ${key}: ${value}`,
    };
  });
}

function written({ pool, requirementPaths }: AskedPool): readonly Demand[] {
  return pool.spec.template.requirements.map(({ key, operator, values = [], minValues }, index) => {
    const path = requirementPaths[index] ?? templatePath;
    return { path, requirement: requirement(key, operator, values, minValues), says: requirementText({ key, operator, values }) };
  });
}

/** Where the values stand, or the operator where there are none. */
function placeOf({ object }: AskedPool, path: Path): Place {
  const values = find(object.node, [...path, 'values']);
  return values ? values.at : placeIn(object, [...path, 'operator']);
}
