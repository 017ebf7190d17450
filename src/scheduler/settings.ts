export type OnPlaced = (placed: number, of: number) => void;

export interface SchedulerSettings {
  /** A minor (its latest patch) or a patch: `1.15`, `1.14.1`. */
  readonly karpenterVersion: string;
  readonly preferencePolicy: 'Respect' | 'Ignore';
  readonly minValuesPolicy: 'Strict' | 'BestEffort';
  /** The feature gate. */
  readonly reservedCapacity: boolean;
  /** `Strict` in provisioning: pods wait for reservations. `Fallback` in simulations of disruption. */
  readonly reservedOfferingMode: 'Strict' | 'Fallback';
  /** Told of every pod that finds a place, for long runs. */
  readonly onPlaced?: OnPlaced | undefined;
}
