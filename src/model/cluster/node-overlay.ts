import type { NodeSelectorRequirement } from '../../algebra/requirements.ts';
import { type ResourceList, resourceList } from './container.ts';
import { nodeSelectorRequirement } from './node-pool.ts';
import { type ObjectMeta, objectMeta } from './object-meta.ts';
import { integer, list, type Read, shape } from './read.ts';

/** A NodeOverlay: what the scheduler is to believe of instance types. */
export interface NodeOverlay {
  readonly metadata: ObjectMeta;
  readonly spec: NodeOverlaySpec;
}

export interface NodeOverlaySpec {
  readonly requirements?: readonly NodeSelectorRequirement[];
  /** Per hour, instead of the price. */
  readonly price?: string;
  /** `+0.5`, `-10%`. */
  readonly priceAdjustment?: string;
  readonly capacity?: ResourceList;
  readonly weight?: number;
}

/** What the CRD lets through; Karpenter takes it to be a number and panics on anything else. */
const priceForm = /^\d+(\.\d+)?$/;
const adjustmentForm = /^([+-]\d*\.?\d+|\+\d*\.?\d+%|-\d{1,2}(\.\d+)?%|-100%)$/;

const written: Read<Partial<NodeOverlay>> = shape<Partial<NodeOverlay>>({
  metadata: objectMeta,
  spec: shape<NodeOverlaySpec>({
    requirements: list(nodeSelectorRequirement),
    price: matching(priceForm, 'a price such as "0.05"'),
    priceAdjustment: matching(adjustmentForm, 'an adjustment such as "-10%" or "+0.5"'),
    capacity: resourceList,
    weight: integer,
  }),
});

export const nodeOverlay: Read<NodeOverlay> = (value, reading) => {
  const found = written(value, reading);
  return found && { metadata: found.metadata ?? {}, spec: found.spec ?? {} };
};

function matching(form: RegExp, expected: string): Read<string> {
  return (value, reading) => (typeof value === 'string' && form.test(value) ? value : reading.refuse(expected));
}
