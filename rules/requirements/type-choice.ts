import { labels } from '../../src/catalog/instance-label.ts';
import type { PoolRequirements } from '../../src/context/pool-requirements.ts';

/** Labels by which a pool says what kind of instance type it wants. */
export const choosing: readonly string[] = [
  labels.category,
  labels.family,
  labels.instanceType,
  labels.generation,
  'karpenter.k8s.aws/instance-cpu',
  'karpenter.k8s.aws/instance-gpu-name',
  'karpenter.k8s.aws/instance-gpu-count',
  'karpenter.k8s.aws/instance-gpu-manufacturer',
  'karpenter.k8s.aws/instance-gpu-memory',
  'karpenter.k8s.aws/instance-accelerator-name',
  'karpenter.k8s.aws/instance-accelerator-count',
  'karpenter.k8s.aws/instance-accelerator-manufacturer',
  labels.reservationId,
  labels.reservationType,
];

/** Whether a pool chooses its types at all; true where a placeholder may do so. */
export function choosesTypes({ of, isKnown }: PoolRequirements): boolean {
  return choosing.some((key) => !isKnown(key) || of(key).some(({ operator }) => operator !== 'DoesNotExist'));
}
