import type { InstanceTypeInfo } from './instance-type-info.ts';

/** The extended resources by which pods ask for a type's accelerators, as Karpenter counts them; empty for a plain type. */
export function acceleratorsOf(info: InstanceTypeInfo): readonly string[] {
  const known = counted.get(info) ?? count(info);
  counted.set(info, known);
  return known;
}

/** Rules ask of every type of every pool, and there are as many answers as types. */
const counted = new WeakMap<InstanceTypeInfo, readonly string[]>();

function count({ gpuManufacturer, gpus, neurons, neuronCores }: InstanceTypeInfo): readonly string[] {
  const gpu = gpus > 0 ? gpuResources[gpuManufacturer] : undefined;
  return [
    ...(gpu === undefined ? [] : [gpu]),
    ...(neurons > 0 ? ['aws.amazon.com/neuron'] : []),
    ...(neuronCores > 0 ? ['aws.amazon.com/neuroncore'] : []),
  ];
}

/** Whether a type has accelerators at all: of a fraction of a GPU (g6f) Karpenter counts none. */
export function hasAccelerators(info: InstanceTypeInfo): boolean {
  return info.gpuManufacturer !== '' || acceleratorsOf(info).length > 0;
}

const gpuResources: Readonly<Record<string, string>> = {
  nvidia: 'nvidia.com/gpu',
  amd: 'amd.com/gpu',
  habana: 'habana.ai/gaudi',
};
