import type { Bits } from '../../scheduler/bits.ts';
import type { DaemonOverheadGroup } from '../../scheduler/daemon-overhead.ts';
import type { InstanceTypeTable } from '../../scheduler/instance-type-table.ts';
import type { PoolTables } from '../../scheduler/pool-tables.ts';
import type { RequirementSet } from '../../scheduler/requirement-space.ts';
import type { Path, Place } from '../../text/place.ts';
import type { AskedPool } from '../question.ts';

/** What the steps of narrowing look at. Types are places in the table. */
export interface Funnel {
  readonly asked: AskedPool;
  readonly tables: PoolTables;
  readonly table: InstanceTypeTable;
  readonly demands: readonly Demand[];
  /** All demands at once. */
  readonly requirements: RequirementSet;
  /** Its types by the DaemonSets that run on them; empty without DaemonSets. */
  readonly groups: readonly DaemonOverheadGroup[];
}

/** One thing that the pool demands of its nodes' labels. */
export interface Demand {
  /** From the root of the pool. */
  readonly path: Path;
  readonly set: RequirementSet;
  readonly says: string;
  /** A label of the template. */
  readonly isLabel: boolean;
}

/** One more thing demanded, and the types that are left. */
export interface Step {
  readonly at: Place;
  readonly says: string;
  readonly types: Bits;
}

/** The steps of one kind, given what the ones before have left. */
export type Stage = (funnel: Funnel, left: Bits) => readonly Step[];

export function sameBits(a: Bits, b: Bits): boolean {
  return a.every((word, index) => word === b[index]);
}
