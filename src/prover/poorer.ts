import type { NodeSelectorRequirement } from '../algebra/requirements.ts';
import { labels } from '../catalog/instance-label.ts';
import type { NodePool } from '../model/cluster/node-pool.ts';
import type { Question, WorldChange } from './question.ts';

/** The question in a poorer world. What is gone is demanded away, so that types and prices stay as they are. */
export function poorer(question: Question, change: WorldChange): Question {
  return { ...question, pools: question.pools.map((asked) => ({ ...asked, pool: without(asked.pool, change) })) };
}

function without({ metadata, spec, status }: NodePool, change: WorldChange): NodePool {
  const { limits, ...rest } = spec;
  const { withoutZone: zone, withoutCapacityType: capacityType, withoutMinValues, withoutLimits } = change;
  const written = spec.template.requirements;
  const requirements: readonly NodeSelectorRequirement[] = [
    ...(withoutMinValues ? written.map(({ minValues: _, ...one }) => one) : written),
    ...(zone === undefined ? [] : [{ key: labels.zone, operator: 'NotIn', values: [zone] }]),
    ...(capacityType === undefined ? [] : [{ key: labels.capacityType, operator: 'NotIn', values: [capacityType] }]),
  ];
  const template = { ...rest.template, requirements };
  return { metadata, spec: { ...rest, ...(limits && !withoutLimits && { limits }), template }, status };
}
