import { requirement } from '../../algebra/requirement.ts';
import { requirements } from '../../algebra/requirements.ts';
import { find } from '../../document/node.ts';
import { intersectBits } from '../../scheduler/bits.ts';
import type { RequirementSpace } from '../../scheduler/requirement-space.ts';
import type { Path, Place } from '../../text/place.ts';
import { type AskedPool, placeIn } from '../question.ts';
import { requirementText } from '../words.ts';
import { type Demand, type Stage, type Step, sameBits } from './funnel.ts';

const templatePath: Path = ['spec', 'template'];
const labelsPath: Path = [...templatePath, 'metadata', 'labels'];

/** Labels of the template, then the requirements of the manifest; without the labels of Karpenter's own, which no type has. */
export function demandsOf({ pool, requirementPaths }: AskedPool, space: RequirementSpace): readonly Demand[] {
  const { labels, requirements: written } = pool.spec.template;
  return [
    ...Object.entries(labels).map(([key, value]): Demand => {
      const set = space.set(requirements(requirement(key, 'In', [value])));
      return { path: [...labelsPath, key], set, says: `the template label ${key}: ${value}`, isLabel: true };
    }),
    ...written.map(({ key, operator, values = [], minValues }, index): Demand => {
      const set = space.set(requirements(requirement(key, operator, values, minValues)));
      const says = requirementText({ key, operator, values });
      return { path: requirementPaths[index] ?? templatePath, set, says, isLabel: false };
    }),
  ];
}

/** One step for each requirement and for each label that rules types out: those with an offering that meets all demands so far. */
export const ofRequirements: Stage = ({ asked, table, tables, demands }, left) => {
  const steps: Step[] = [];
  let all = tables.space.empty;
  let types = left;
  for (const { path, set, says, isLabel } of demands) {
    all = all.add(set);
    const kept = intersectBits(types, intersectBits(table.labels.compatible(all), table.offerings.offered(all)));
    if (!isLabel || !sameBits(kept, types))
      steps.push({ at: isLabel ? placeIn(asked.object, path) : placeOf(asked, path), says, types: kept });
    types = kept;
  }
  return steps;
};

/** Where the values stand, or the operator where there are none. */
function placeOf({ object }: AskedPool, path: Path): Place {
  const values = find(object.node, [...path, 'values']);
  return values ? values.at : placeIn(object, [...path, 'operator']);
}
