import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { MapNode } from '../../src/document/node.ts';
import { child, map, text } from '../../src/model/decode.ts';
import type { RuntimeCheck } from './runtime-check.ts';

export const capacityBufferChecks: readonly RuntimeCheck<MapNode>[] = [
  { id: 'RT-CB-02', check: noReference },
  { id: 'RT-CB-04', check: unscalable },
  { id: 'RT-CB-05', severity: 'warning', check: percentageOfTemplate },
  { id: 'RT-CB-07', severity: 'warning', check: sizeless },
  { id: 'RT-CB-09', severity: 'warning', check: otherStrategy },
];

function* noReference(buffer: MapNode): Iterable<Finding> {
  const spec = map(buffer, 'spec');
  if (!spec || child(spec, 'podTemplateRef') || child(spec, 'scalableRef')) return;
  yield { at: spec.keyAt, message: 'the buffer says for which pods it keeps room with neither podTemplateRef nor scalableRef' };
}

const scalable = ['Deployment', 'StatefulSet', 'ReplicaSet'];

function* unscalable(buffer: MapNode): Iterable<Finding> {
  const reference = map(map(buffer, 'spec'), 'scalableRef');
  const group = text(reference, 'apiGroup');
  const kind = text(reference, 'kind');
  if (group && group.value !== '' && group.value !== 'apps')
    yield { at: group.at, message: `Karpenter resolves workloads of the group apps only, not of "${group.value}"` };
  else if (kind && !scalable.includes(kind.value))
    yield { at: kind.at, message: `Karpenter resolves ${scalable.join(', ')} only, not ${kind.value}` };
}

function* percentageOfTemplate(buffer: MapNode): Iterable<Finding> {
  const spec = map(buffer, 'spec');
  const percentage = child(spec, 'percentage');
  if (percentage && child(spec, 'podTemplateRef'))
    yield { at: percentage.keyAt, message: 'a pod template has no replicas to take a percentage of: percentage has no effect' };
}

function* sizeless(buffer: MapNode): Iterable<Finding> {
  const spec = map(buffer, 'spec');
  const reference = child(spec, 'scalableRef');
  if (!reference || ['replicas', 'percentage', 'limits'].some((field) => child(spec, field))) return;
  yield { at: reference.keyAt, message: 'without replicas, percentage and limits the buffer has size 0 and keeps no room' };
}

const active = 'buffer.x-k8s.io/active-capacity';

function* otherStrategy(buffer: MapNode): Iterable<Finding> {
  const strategy = text(map(buffer, 'spec'), 'provisioningStrategy');
  if (strategy && strategy.value !== active)
    yield {
      at: strategy.at,
      message: `Karpenter does not look at provisioningStrategy: "${strategy.value}" behaves like ${active}`,
    };
}
