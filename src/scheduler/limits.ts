import type { Bits } from './bits.ts';
import { dropBits } from './bits.ts';
import type { NodeClaimTemplate } from './node-claim-template.ts';
import type { ResourceAxis, Resources } from './resources.ts';

/**
 * What a pool may still launch. A claim is charged with the greatest capacity among the types that it could become, and gets nothing
 * back when pods that come later narrow them. `nodes` is never charged within a run: upstream takes it from the capacity of
 * types, which have none.
 */
export class PoolLimits {
  readonly #axis: ResourceAxis;
  readonly #remaining: Map<number, number>;
  #within: { readonly template: NodeClaimTemplate; readonly types: Bits } | undefined;

  constructor(axis: ResourceAxis, limits: Resources) {
    this.#axis = axis;
    this.#remaining = new Map([...limits].map(([name, amount]) => [axis.indexOf(name), axis.scaled(axis.indexOf(name), amount)]));
  }

  /** Exactly none left; a number below zero is caught by the types. */
  get nodesExhausted(): boolean {
    return this.#remaining.size > 0 && this.#remaining.get(this.#axis.indexOf('nodes')) === 0;
  }

  /** A node that is there already. */
  take(capacity: Resources): void {
    for (const [resource, remaining] of this.#remaining) {
      const amount = capacity.get(this.#axis.names[resource] ?? '') ?? 0;
      this.#remaining.set(resource, remaining - this.#axis.scaled(resource, amount));
    }
    this.#within = undefined;
  }

  /** The template's types of which no capacity exceeds what is left. */
  within(template: NodeClaimTemplate): Bits {
    if (this.#remaining.size === 0) return template.types;
    if (this.#within?.template === template) return this.#within.types;
    const types = template.types.slice();
    // Amounts are whole, so that the next one exceeds what is left.
    for (const [resource, remaining] of this.#remaining)
      dropBits(types, template.table.capacity.atLeast(resource, remaining + 1));
    this.#within = { template, types };
    return types;
  }

  charge({ table }: NodeClaimTemplate, types: Bits): void {
    if (this.#remaining.size === 0) return;
    for (const [resource, remaining] of this.#remaining) {
      this.#remaining.set(resource, remaining - table.capacity.greatest(resource, types));
    }
    this.#within = undefined;
  }
}
