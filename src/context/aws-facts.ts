import { integer, list, type Reading, shape, text } from '../model/cluster/read.ts';

/** What AWS says of the account, from answers of its describe calls; undefined for a call that nobody made. */
export interface AwsFacts {
  readonly subnets: readonly Subnet[] | undefined;
  readonly capacityReservations: readonly Reservation[] | undefined;
}

export interface Subnet {
  readonly id: string;
  readonly zone: string;
  readonly freeAddresses: number | undefined;
  readonly tags: ReadonlyMap<string, string>;
}

export interface Reservation {
  readonly id: string;
  readonly instanceType: string;
  readonly zone: string;
  /** `open` or `targeted`. */
  readonly matches: string;
  readonly state: string;
  readonly owner: string;
  readonly freeInstances: number | undefined;
  readonly tags: ReadonlyMap<string, string>;
}

interface Tag {
  readonly Key?: string;
  readonly Value?: string;
}

interface WrittenSubnet {
  readonly SubnetId?: string;
  readonly AvailabilityZone?: string;
  readonly AvailableIpAddressCount?: number;
  readonly Tags?: readonly Tag[];
}

interface WrittenReservation {
  readonly CapacityReservationId?: string;
  readonly InstanceType?: string;
  readonly AvailabilityZone?: string;
  readonly InstanceMatchCriteria?: string;
  readonly State?: string;
  readonly OwnerId?: string;
  readonly AvailableInstanceCount?: number;
  readonly Tags?: readonly Tag[];
}

interface Answer {
  readonly Subnets?: readonly WrittenSubnet[];
  readonly CapacityReservations?: readonly WrittenReservation[];
}

const tags = list(shape<Tag>({ Key: text, Value: text }));

const answer = shape<Answer>({
  Subnets: list(shape<WrittenSubnet>({ SubnetId: text, AvailabilityZone: text, AvailableIpAddressCount: integer, Tags: tags })),
  CapacityReservations: list(
    shape<WrittenReservation>({
      CapacityReservationId: text,
      InstanceType: text,
      AvailabilityZone: text,
      InstanceMatchCriteria: text,
      State: text,
      OwnerId: text,
      AvailableInstanceCount: integer,
      Tags: tags,
    }),
  ),
});

/** The answers put together, whatever calls they are of; what is wrong with them is in the reading's problems. */
export function awsFacts(answers: readonly unknown[], reading: Reading): AwsFacts {
  const read = answers.map((value) => answer(value, reading) ?? {});
  const subnets = read.flatMap(({ Subnets }) => (Subnets ? [Subnets] : []));
  const reservations = read.flatMap(({ CapacityReservations }) => (CapacityReservations ? [CapacityReservations] : []));
  return {
    subnets: subnets.length > 0 ? subnets.flat().map(subnet) : undefined,
    capacityReservations: reservations.length > 0 ? reservations.flat().map(reservation) : undefined,
  };
}

function subnet({ SubnetId = '', AvailabilityZone = '', AvailableIpAddressCount, Tags }: WrittenSubnet): Subnet {
  return { id: SubnetId, zone: AvailabilityZone, freeAddresses: AvailableIpAddressCount, tags: tagsOf(Tags) };
}

function reservation(written: WrittenReservation): Reservation {
  return {
    id: written.CapacityReservationId ?? '',
    instanceType: written.InstanceType ?? '',
    zone: written.AvailabilityZone ?? '',
    matches: written.InstanceMatchCriteria ?? 'open',
    state: written.State ?? 'active',
    owner: written.OwnerId ?? '',
    freeInstances: written.AvailableInstanceCount,
    tags: tagsOf(written.Tags),
  };
}

function tagsOf(written: readonly Tag[] = []): ReadonlyMap<string, string> {
  return new Map(written.map(({ Key = '', Value = '' }) => [Key, Value]));
}
