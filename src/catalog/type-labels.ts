import type { Minor } from '../algebra/version.ts';
import { wellKnownLabels } from '../algebra/well-known.ts';
import type { Catalog } from './catalog.ts';
import { columnOf, type InstanceLabel, labels } from './instance-label.ts';
import { type AmiFamily, type CapacityReservation, traitsOf, type ZoneFacts } from './node-class-facts.ts';
import { fact, type TypeTable } from './type-table.ts';

/** What beside the type decides its labels. A part left out leaves the labels that need it out. */
export interface Scope {
  readonly karpenter: Minor;
  /** Absent: a Linux family. */
  readonly amiFamily?: AmiFamily | undefined;
  readonly region?: string | undefined;
  readonly zones?: readonly ZoneFacts[] | undefined;
  /** The reservations that the node class resolved; `unknown` where it selects some and nobody has told which. */
  readonly capacityReservations?: readonly CapacityReservation[] | 'unknown' | undefined;
}

/**
 * The values of a label: the same of every type, or by row. An empty list: Karpenter says that the type lacks the label.
 * `undefined`: the tables do not say.
 */
export type LabelValues =
  | { readonly ofAll: readonly string[] }
  | { readonly ofRow: (row: number) => readonly string[] | undefined };

/** How one label is read; `undefined` for a label that instance types of this scope, or this Karpenter, do not have at all. */
export function labelValues(catalog: Catalog, scope: Scope, label: InstanceLabel): LabelValues | undefined {
  const { types } = catalog;
  if (!wellKnownLabels(scope.karpenter).has(label.key)) return undefined;
  const column = columnOf(label, scope.karpenter);
  if (!column) return byScope(catalog, scope, label.key);
  const ofRow = (row: number): readonly string[] | undefined => {
    const cell = fact(types, row, column);
    // Bare metal has no hypervisor, and Karpenter labels it with the empty value instead of leaving the label away.
    return cell === '' && label.key !== labels.hypervisor ? [] : cell === undefined ? undefined : [cell];
  };
  return { ofRow };
}

const none: readonly string[] = [];
const bought = ['on-demand', 'spot'];

function byScope(catalog: Catalog, scope: Scope, key: string): LabelValues | undefined {
  const { names } = catalog.types;
  const { windowsBuild } = traitsOf(scope.amiFamily ?? 'AL2023');
  const { region } = scope;
  switch (key) {
    case labels.instanceType:
      return { ofRow: (row) => [names[row] ?? ''] };
    case labels.tenancy:
      return { ofAll: ['default', 'dedicated'] };
    case labels.os:
      return windowsBuild === undefined ? { ofAll: ['linux'] } : windows(catalog.types);
    case labels.windowsBuild:
      return { ofAll: windowsBuild === undefined ? [] : [windowsBuild] };
    case labels.region:
      return region === undefined ? undefined : { ofAll: [region] };
    case labels.zone:
      return scope.zones && byZones(catalog, scope, (zones) => zones.map(({ zone }) => zone));
    case labels.zoneId:
      if (!scope.zones?.some(({ zoneId }) => zoneId)) return undefined;
      return byZones(catalog, scope, (zones) => zones.flatMap(({ zoneId }) => zoneId ?? []));
    default:
      if (scope.capacityReservations === 'unknown') return undefined;
      return reservationLabel(catalog.types, scope.capacityReservations ?? [], key);
  }
}

function byZones(catalog: Catalog, scope: Scope, read: (zones: readonly ZoneFacts[]) => readonly string[]): LabelValues {
  const { region, zones = [] } = scope;
  if (region === undefined || !catalog.offered.has(region)) return { ofAll: read(zones) };
  return { ofRow: (row) => read(zonesOfType(catalog, scope, row)) };
}

/** The zones of the scope that offer the type: all of them, while no catalog file tells otherwise. */
export function zonesOfType({ offered, types }: Catalog, { region, zones }: Scope, row: number): readonly ZoneFacts[] {
  const offering = region === undefined ? undefined : offered.get(region);
  if (!offering) return zones ?? [];
  const where = offering.get(types.names[row] ?? '') ?? [];
  return (zones ?? []).filter(({ zone }) => where.includes(zone));
}

/** Windows runs on amd64 only: Karpenter gives an arm64 type of a Windows class no operating system at all. */
function windows(types: TypeTable): LabelValues {
  const ofRow = (row: number): readonly string[] | undefined => {
    const arch = fact(types, row, 'arch');
    return arch === undefined ? undefined : arch === 'amd64' ? ['windows'] : [];
  };
  return { ofRow };
}

function reservationLabel(
  { names }: TypeTable,
  reservations: readonly CapacityReservation[],
  key: string,
): LabelValues | undefined {
  const reserved = new Set(reservations.map(({ instanceType }) => instanceType));
  const all = (of: (reservation: CapacityReservation) => string): LabelValues => {
    if (reserved.size === 0) return { ofAll: none };
    const told = (name: string) => reservations.filter(({ instanceType }) => instanceType === name).map(of);
    return { ofRow: (row) => (reserved.has(names[row] ?? '') ? [...new Set(told(names[row] ?? ''))] : none) };
  };
  switch (key) {
    case labels.capacityType:
      if (reserved.size === 0) return { ofAll: bought };
      return { ofRow: (row) => (reserved.has(names[row] ?? '') ? [...bought, 'reserved'] : bought) };
    case labels.reservationId:
      return all(({ id }) => id);
    case labels.reservationType:
      return all(({ reservationType }) => reservationType ?? 'default');
    case labels.reservationInterruptible:
      return all(({ interruptible }) => String(interruptible ?? false));
    default:
      return undefined;
  }
}
