import { type Condition, placed } from './condition.ts';
import { shown } from './shown.ts';

const onePrice: Condition<{ readonly price?: string; readonly priceAdjustment?: string }> = {
  id: 'NO-PRICE-ONE',
  on: placed(['NodeOverlay v1alpha1'], 'spec'),
  keysOnly: true,
  *check({ price, priceAdjustment }) {
    if (price === undefined || priceAdjustment === undefined) return;
    const message = `price "${shown(price)}" and priceAdjustment "${shown(priceAdjustment)}" exclude each other`;
    yield { path: ['priceAdjustment'], message, related: [['price']] };
  },
};

const known: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

const capacityRestricted: Condition<Readonly<Record<string, unknown>>> = {
  id: 'NO-CAPACITY-RESTRICTED',
  on: placed(['NodeOverlay v1alpha1'], 'spec.capacity'),
  keysOnly: true,
  *check(capacity) {
    for (const resource of Object.keys(capacity)) {
      if (known.has(resource))
        yield { path: [resource], message: `the capacity of "${resource}" is known from EC2 and no overlay can change it` };
    }
  },
};

export const nodeOverlayConditions: readonly Condition[] = [onePrice, capacityRestricted];
