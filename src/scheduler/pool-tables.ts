import { atLeast, type Minor, minorOf } from '../algebra/version.ts';
import { wellKnownLabels } from '../algebra/well-known.ts';
import type { InstanceType } from '../catalog/instance-type.ts';
import { Finalizer } from './finalize.ts';
import { type InstanceTypeTable, instanceTypeTable } from './instance-type-table.ts';
import type { MinValuesCounting } from './node-claim-template.ts';
import { RequirementSpace } from './requirement-space.ts';
import { ResourceAxis } from './resources.ts';
import type { SchedulerSettings } from './settings.ts';

/** What is worked out of instance types and requirements, whichever pools have them. Schedulers of equal settings may share it. */
export class PoolTables {
  readonly karpenter: Minor;
  readonly space: RequirementSpace;
  readonly axis: ResourceAxis = new ResourceAxis();
  readonly minValues: MinValuesCounting;
  readonly finalizer: Finalizer;
  /** Since 1.15 a reservation without free instances is available. */
  readonly fullReservations: boolean;
  readonly #tables = new Map<readonly InstanceType[], InstanceTypeTable>();

  constructor({ karpenterVersion, minValuesPolicy }: SchedulerSettings) {
    this.karpenter = minorOf(karpenterVersion);
    this.space = new RequirementSpace(wellKnownLabels(this.karpenter));
    this.minValues = { policy: minValuesPolicy, allowedOnly: atLeast(karpenterVersion, '1.14.3') };
    this.finalizer = new Finalizer({ space: this.space, axis: this.axis, minValues: this.minValues });
    this.fullReservations = atLeast(this.karpenter, '1.15');
  }

  of(types: readonly InstanceType[]): InstanceTypeTable {
    const known = this.#tables.get(types);
    if (known) return known;
    const like = [...this.#tables.values()].find((table) => differInSizes(table.types, types));
    const table = instanceTypeTable(this.space, this.axis, types, this.fullReservations, like);
    this.#tables.set(types, table);
    return table;
  }
}

/** Whether labels and offerings are the same, as classes that look alike share them. */
function differInSizes(a: readonly InstanceType[], b: readonly InstanceType[]): boolean {
  return a.length === b.length && a.every(({ likeness }, index) => likeness === b[index]?.likeness);
}
