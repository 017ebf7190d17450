import { atLeast, type Minor } from '../algebra/version.ts';
import { type Answer, known, unknown } from './answer.ts';
import type { ColumnName } from './packed.ts';
import { fact, type Standing, standingOf, type TypeTable } from './type-table.ts';

/** What EC2, and the tables shipped with a Karpenter release, say of one instance type. */
export interface InstanceTypeInfo {
  readonly name: string;
  readonly row: number;
  readonly standing: Standing;
  readonly arch: string;
  readonly vcpus: number;
  /** As EC2 describes it, nothing taken off. */
  readonly memoryMib: number;
  /** `nitro`, `xen`, or empty for bare metal. */
  readonly hypervisor: string;
  /** Decimal gigabytes of instance store. */
  readonly nvmeGb: number | undefined;
  /** Network interfaces per network card, the default card first; absent where no table has the type. */
  readonly interfacesPerCard: readonly number[] | undefined;
  /** The first of them. */
  readonly interfacesOfDefaultCard: number | undefined;
  readonly ipv4PerInterface: number | undefined;
  /** The pods that Karpenter's documentation prints, for a type whose interfaces are in no table. */
  readonly podsWithoutLimits: number | undefined;
  readonly efas: number;
  readonly gpuManufacturer: string;
  readonly gpus: number;
  readonly neurons: number;
  readonly neuronCores: number;
  readonly podEni: number;
  readonly privateIpv4: number;
}

/** The facts that capacity is computed from; not known for a type of which a table has hardly more than the name. */
export function instanceTypeInfo(types: TypeTable, name: string, karpenter: Minor): Answer<InstanceTypeInfo> {
  const row = types.rowOf.get(name);
  return row === undefined ? unknown('type-not-in-catalog') : infoOfRow(types, row, karpenter);
}

/** The same of the type in a row. */
export function infoOfRow(types: TypeTable, row: number, karpenter: Minor): Answer<InstanceTypeInfo> {
  const standing = standingOf(types, row);
  if (standing === 'unsupported') return unknown('type-unsupported');
  const text = (column: ColumnName): string | undefined => fact(types, row, column);
  const [arch, vcpus, memoryMib, hypervisor] = [text('arch'), text('vcpus'), text('memoryMib'), text('hypervisor')];
  if (arch === undefined || vcpus === undefined || memoryMib === undefined || hypervisor === undefined) {
    return unknown('type-incomplete');
  }
  const cards = text('cards');
  const pods = number(text('podsWithoutLimits'));
  const ipv4PerInterface = number(text('ipv4PerInterface'));
  if (pods === undefined && (!cards || ipv4PerInterface === undefined)) return unknown('type-incomplete');
  const shipped = (): '' | 'Until114' => (atLeast(karpenter, '1.15') ? '' : 'Until114');
  return known({
    name: types.names[row] ?? '',
    row,
    standing,
    arch,
    vcpus: Number(vcpus),
    memoryMib: Number(memoryMib),
    hypervisor,
    interfacesOfDefaultCard: cards ? Number.parseInt(cards, 10) : undefined,
    ipv4PerInterface,
    podsWithoutLimits: pods,
    // Hardly anybody asks for the rest, and there are many types.
    get nvmeGb() {
      return number(text('nvmeGb'));
    },
    get interfacesPerCard() {
      return cardsOf(cards);
    },
    get efas() {
      return number(text('efas')) ?? 0;
    },
    get gpuManufacturer() {
      return text('gpuManufacturer') ?? '';
    },
    get gpus() {
      return number(text('gpuCount')) ?? 0;
    },
    get neurons() {
      return text('acceleratorManufacturer') === 'aws' ? (number(text('acceleratorCount')) ?? 0) : 0;
    },
    get neuronCores() {
      return number(text('neuronCores')) ?? 0;
    },
    get podEni() {
      return number(text(`podEni${shipped()}`)) ?? 0;
    },
    get privateIpv4() {
      return number(text(`privateIpv4${shipped()}`)) ?? 0;
    },
  });
}

function number(cell: string | undefined): number | undefined {
  return cell ? Number(cell) : undefined;
}

/** `8*2+4*1`: two cards of eight interfaces and one of four. */
function cardsOf(cell: string | undefined): readonly number[] | undefined {
  if (!cell) return undefined;
  return cell.split('+').flatMap((run) => {
    const [interfaces = 0, cards = 0] = run.split('*').map(Number);
    return Array<number>(cards).fill(interfaces);
  });
}
