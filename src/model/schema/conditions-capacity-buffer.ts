import { type Condition, placed } from './condition.ts';

interface Spec {
  readonly podTemplateRef?: unknown;
  readonly scalableRef?: unknown;
  readonly replicas?: number;
  readonly limits?: unknown;
}

const spec = placed(['CapacityBuffer v1beta1'], 'spec');

const oneReference: Condition<Spec> = {
  id: 'CB-ONE-REF',
  on: spec,
  keysOnly: true,
  *check({ podTemplateRef, scalableRef }) {
    if (podTemplateRef !== undefined && scalableRef !== undefined)
      yield {
        path: ['scalableRef'],
        message: 'podTemplateRef and scalableRef exclude each other',
        related: [['podTemplateRef']],
      };
  },
};

const podTemplateSize: Condition<Spec> = {
  id: 'CB-PODTEMPLATE-SIZE',
  on: spec,
  keysOnly: true,
  *check({ podTemplateRef, replicas, limits }) {
    if (podTemplateRef !== undefined && replicas === undefined && limits === undefined)
      yield {
        path: ['podTemplateRef'],
        message: 'a buffer of a pod template has no size by itself: it needs replicas or limits',
      };
  },
};

export const capacityBufferConditions: readonly Condition[] = [oneReference, podTemplateSize];
