import { type LabelSelector, labelSelector, type ObjectMeta, objectMeta } from './object-meta.ts';
import { type PodSpec, podSpec } from './pod.ts';
import { intOrString, type Read, shape, text } from './read.ts';

/** Of a DaemonSet only the pod it would put on a new node matters. */
export interface DaemonSet {
  readonly metadata: ObjectMeta;
  readonly template: PodSpec;
}

export interface PodDisruptionBudget {
  readonly metadata: ObjectMeta;
  readonly spec: PodDisruptionBudgetSpec;
}

export interface PodDisruptionBudgetSpec {
  readonly selector?: LabelSelector;
  readonly maxUnavailable?: string | number;
  readonly minAvailable?: string | number;
  readonly unhealthyPodEvictionPolicy?: string;
}

interface WrittenDaemonSet {
  readonly metadata?: ObjectMeta;
  readonly spec?: { readonly template?: { readonly spec?: PodSpec } };
}

const daemonSetWritten: Read<WrittenDaemonSet> = shape<WrittenDaemonSet>({
  metadata: objectMeta,
  spec: shape<{ readonly template?: { readonly spec?: PodSpec } }>({
    template: shape<{ readonly spec?: PodSpec }>({ spec: podSpec }),
  }),
});

export const daemonSet: Read<DaemonSet> = (value, reading) => {
  const found = daemonSetWritten(value, reading);
  return found && { metadata: { namespace: 'default', ...found.metadata }, template: found.spec?.template?.spec ?? {} };
};

const budgetWritten = shape<Partial<PodDisruptionBudget>>({
  metadata: objectMeta,
  spec: shape<PodDisruptionBudgetSpec>({
    selector: labelSelector,
    maxUnavailable: intOrString,
    minAvailable: intOrString,
    unhealthyPodEvictionPolicy: text,
  }),
});

export const podDisruptionBudget: Read<PodDisruptionBudget> = (value, reading) => {
  const found = budgetWritten(value, reading);
  return found && { metadata: found.metadata ?? {}, spec: found.spec ?? {} };
};
