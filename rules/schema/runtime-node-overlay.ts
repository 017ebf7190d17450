import type { Minor } from '../../src/algebra/version.ts';
import { wellKnownValues } from '../../src/algebra/well-known.ts';
import type { Finding } from '../../src/diagnostic/diagnostic.ts';
import type { MapNode } from '../../src/document/node.ts';
import { child, list, map } from '../../src/model/decode.ts';
import { type NodeSelectorRequirement, nodeSelectorRequirement } from '../../src/model/node-pool.ts';
import type { RuntimeCheck } from './runtime-check.ts';
import { requirementKeyFindings, requirementValueFindings, restrictedKeyFindings } from './runtime-requirements.ts';

export const nodeOverlayChecks: readonly RuntimeCheck<MapNode>[] = [
  { id: 'RT-NO-02', check: requirements },
  { id: 'RT-NO-03', check: knownResources },
  { id: 'RT-NO-05', severity: 'warning', check: changesNothing },
];

function* requirements(overlay: MapNode, minor: Minor): Iterable<Finding> {
  const written = list(map(overlay, 'spec'), 'requirements', nodeSelectorRequirement)?.items ?? [];
  yield* requirementKeyFindings(written);
  yield* requirementValueFindings(written);
  yield* restrictedKeyFindings(written, minor);
  yield* unknownValues(written, minor);
}

function* unknownValues(written: readonly NodeSelectorRequirement[], minor: Minor): Iterable<Finding> {
  const known = wellKnownValues(minor);
  for (const { key, operator, values } of written) {
    const words = known.get(key?.value ?? '');
    if (!words || operator?.value !== 'In' || !values || values.items.length === 0) continue;
    if (values.items.some(({ value }) => words.has(value))) continue;
    yield {
      at: values.keyAt,
      message: `none of the values of "${key?.value}" is one that Karpenter knows: ${[...words].join(', ')}`,
    };
  }
}

/** The API refuses cpu, memory, ephemeral-storage and pods; the provider knows more. nvidia.com/gpu and amd.com/gpu are free. */
const provided: ReadonlySet<string> = new Set([
  'vpc.amazonaws.com/pod-eni',
  'vpc.amazonaws.com/efa',
  'aws.amazon.com/neuron',
  'aws.amazon.com/neuroncore',
  'habana.ai/gaudi',
]);

function* knownResources(overlay: MapNode): Iterable<Finding> {
  for (const { key, value } of map(map(overlay, 'spec'), 'capacity')?.entries ?? []) {
    const resource = String(key.value);
    if (provided.has(resource))
      yield { at: value.keyAt, message: `the capacity of "${resource}" is known from EC2 and no overlay can change it` };
  }
}

function* changesNothing(overlay: MapNode): Iterable<Finding> {
  const spec = map(overlay, 'spec');
  if (!spec || ['price', 'priceAdjustment', 'capacity'].some((field) => child(spec, field))) return;
  yield { at: spec.keyAt, message: 'the overlay sets neither price nor priceAdjustment nor capacity, so it changes nothing' };
}
